#include "schema_keeping.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/event.h"
#include "core/fault.h"
#include "core/schema/kept.h"
#include "core/schema/standing_drift.h"
#include "record.h"

namespace migrate::app {
namespace {

using Parts = std::vector<std::vector<core::JournalWrite>>;

/// So that each part fits into a packet, in which a text takes twice its length.
Parts cut(std::vector<core::schema::KeptObject> objects, std::uint64_t packet_limit) {
  const std::uint64_t most = packet_limit / 4;
  Parts parts(1);
  std::vector<core::schema::KeptObject> kept;
  std::uint64_t bytes = 0;
  const auto close = [&] {
    if (!kept.empty())
      parts.back().emplace_back(core::journal::SchemaKept{.objects = std::exchange(kept, {})});
  };
  for (core::schema::KeptObject& object : objects) {
    if (bytes > most) {
      close();
      parts.emplace_back();
      bytes = 0;
    }
    bytes += object.definition.size() + object.name.size() + 512;
    kept.push_back(std::move(object));
  }
  close();
  return parts;
}

/// The tables among `objects` that are not in the schema.
std::vector<std::string> gone_tables(const std::vector<core::ObjectName>& objects,
                                     const core::schema::Schema& schema) {
  std::vector<std::string> gone;
  for (const core::ObjectName& object : objects) {
    if (object.kind == core::ObjectKind::table && schema.find_table(object.name) == nullptr)
      gone.push_back(object.name);
  }
  return gone;
}

void warn(const core::Fault& fault, port::EventSink& events) {
  events.on(core::event::Warned{
      fmt::format("the history does not keep what the schema is now, so drift will not be seen: {}",
                  fault.what())});
}

/// What is to be looked at.
struct Extent {
  std::optional<std::vector<core::ObjectName>> objects;  ///< nothing: all
  std::vector<core::schema::StandingDrift> standing;     ///< where it is all
  std::set<core::ObjectName> named;
};

core::schema::Schema look(port::Session& session, const Extent& extent) {
  return extent.objects ? session.schema().read(*extent.objects) : session.schema().read();
}

/// What a look has found, in parts that each fit into a packet.
Parts found(const Extent& extent, const core::schema::Schema& schema, std::uint64_t packet_limit) {
  std::vector<core::schema::KeptObject> objects = core::schema::kept_objects(schema);
  core::journal::SchemaForgotten forgotten{.objects = extent.objects};
  if (extent.objects) {
    forgotten.gone_tables = gone_tables(*extent.objects, schema);
  } else {
    forgotten.except = core::schema::left_standing(extent.standing, objects, extent.named);
    std::erase_if(objects, [&forgotten](const core::schema::KeptObject& object) {
      return std::ranges::any_of(forgotten.except, [&object](const core::ObjectName& name) {
        return core::schema::is_named(object, name);
      });
    });
  }
  Parts parts = cut(std::move(objects), packet_limit);
  parts.front().insert(parts.front().begin(), std::move(forgotten));
  return parts;
}

void write(port::Session& session, const Extent& extent, const core::schema::Schema& schema,
           const std::vector<core::JournalWrite>& last) {
  Parts parts = found(extent, schema, session.packet_limit());
  parts.back().emplace_back(core::journal::SchemaClosed{});
  parts.back().insert(parts.back().end(), last.begin(), last.end());
  record_parts(session, parts);
}

/// How the run ended is recorded in any case.
void keep(port::Session& session, const Extent& extent, std::vector<core::JournalWrite> last,
          port::EventSink& events) {
  core::schema::Schema schema;
  try {
    schema = look(session, extent);
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    if (fault.code() == core::ExitCode::configuration) {
      last.emplace_back(core::journal::SchemaForgotten{});
      last.emplace_back(core::journal::SchemaClosed{});
    }
    warn(fault, events);
    return record(session, last);
  }
  try {
    write(session, extent, schema, last);
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // A server without room for it may have room for how the run ended.
    warn(fault, events);
    record(session, last);
  }
}

core::TouchedObjects touched_by(const core::Plan& plan) {
  core::TouchedObjects touched;
  for (const core::PlannedStep& planned : plan.steps) touched.add(planned.script.shape.touched);
  for (const core::OpenRun& run : plan.left_schema_open) {
    if (run.objects) {
      touched.changed.insert(run.objects->begin(), run.objects->end());
    } else {
      touched.others = true;
    }
  }
  return touched;
}

/// Behind a run that may have changed any object only that run knew what was not its doing.
std::vector<core::schema::StandingDrift> found_standing(port::Session& session,
                                                        const core::Plan& plan,
                                                        const core::TouchedObjects& touched) {
  std::vector<core::schema::StandingDrift> standing;
  bool any_changed = plan.looks_at_whole_schema;
  for (const core::OpenRun& run : plan.left_schema_open) {
    any_changed = any_changed || !run.objects;
    standing.insert(standing.end(), run.standing.begin(), run.standing.end());
  }
  if (any_changed || !touched.others) return standing;
  try {
    return core::schema::standing_drift(session.history().kept_schema(), session.schema().read(),
                                        touched.changed);
  } catch (const core::Fault& fault) {
    // Behind the run it is told that the schema cannot be read.
    if (fault.code() == core::ExitCode::unavailable) throw;
    return {};
  }
}

}  // namespace

SchemaKeeping::SchemaKeeping(port::Session& session, const core::Plan& plan)
    : touched_(touched_by(plan)),
      looks_first_(plan.looks_at_whole_schema),
      looks_at_all_(touched_.others || looks_first_),
      standing_(found_standing(session, plan, touched_)),
      packet_limit_(session.packet_limit()) {}

void SchemaKeeping::open(port::Session& session, std::vector<core::JournalWrite> first) {
  if (any()) first.push_back(opened());
  if (looks_first_ && !touched_.others && keep_what_is_there(session, first)) {
    looks_at_all_ = false;
  } else {
    record(session, first);
  }
}

/// False: it cannot be, and nothing is recorded. Behind the run it is tried again, and told.
bool SchemaKeeping::keep_what_is_there(port::Session& session,
                                       const std::vector<core::JournalWrite>& first) {
  try {
    Parts parts = cut(core::schema::kept_objects(session.schema().read()), packet_limit_);
    parts.back().insert(parts.back().end(), first.begin(), first.end());
    record_parts(session, parts);
    return true;
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    return false;
  }
}

core::JournalWrite SchemaKeeping::opened() const {
  core::journal::SchemaOpened opened{.standing = standing_};
  // A run of so many objects that their names fill packets may as well have changed all.
  std::uint64_t bytes = 0;
  for (const core::ObjectName& object : touched_.changed) bytes += object.name.size() + 64;
  if (!touched_.others && bytes < packet_limit_ / 8)
    opened.objects.emplace(touched_.changed.begin(), touched_.changed.end());
  return opened;
}

std::vector<core::JournalWrite> SchemaKeeping::records_of(
    port::Session& session, const std::vector<core::ObjectName>& tables) const {
  if (!any() || looks_at_all_ || tables.empty()) return {};
  const Extent extent{.objects = tables};
  // They share a packet with others.
  Parts parts = found(extent, look(session, extent), packet_limit_ / 4);
  return parts.size() == 1 ? std::move(parts.front()) : std::vector<core::JournalWrite>{};
}

void SchemaKeeping::note_recorded(const std::vector<core::ObjectName>& tables) {
  settled_.insert(tables.begin(), tables.end());
}

void SchemaKeeping::keep(port::Session& session, std::vector<core::JournalWrite> last,
                         port::EventSink& events) const {
  if (!any()) return record(session, last);
  Extent extent;
  if (looks_at_all_) {
    extent.standing = standing_;
    extent.named = touched_.changed;
  } else {
    std::vector<core::ObjectName> left;
    std::ranges::set_difference(touched_.changed, settled_, std::back_inserter(left));
    extent.objects = std::move(left);
  }
  app::keep(session, extent, std::move(last), events);
}

void keep_whole_schema(port::Session& session, std::vector<core::JournalWrite> last,
                       port::EventSink& events) {
  keep(session, Extent{}, std::move(last), events);
}

void accept_whole_schema(port::Session& session, const std::vector<core::JournalWrite>& last) {
  write(session, Extent{}, look(session, Extent{}), last);
}

}  // namespace migrate::app
