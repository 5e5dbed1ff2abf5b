#include "schema_keeping.h"

#include <algorithm>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "core/event.h"
#include "core/fault.h"
#include "core/schema/kept.h"
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

/// What was looked at; nothing: all.
using Objects = std::optional<std::vector<core::ObjectName>>;

core::schema::Schema look(port::Session& session, const Objects& objects) {
  return objects ? session.schema().read(*objects) : session.schema().read();
}

void write(port::Session& session, const Objects& objects, const core::schema::Schema& schema,
           const std::vector<core::JournalWrite>& last) {
  Parts parts = cut(core::schema::kept_objects(schema), session.packet_limit());
  core::journal::SchemaForgotten forgotten{.objects = objects};
  if (objects) forgotten.gone_tables = gone_tables(*objects, schema);
  parts.front().insert(parts.front().begin(), std::move(forgotten));
  parts.back().emplace_back(core::journal::SchemaClosed{});
  parts.back().insert(parts.back().end(), last.begin(), last.end());
  record_parts(session, parts);
}

/// How the run ended is recorded in any case.
void keep(port::Session& session, const Objects& objects, std::vector<core::JournalWrite> last,
          port::EventSink& events) {
  core::schema::Schema schema;
  try {
    schema = look(session, objects);
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
    write(session, objects, schema, last);
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    // A server without room for it may have room for how the run ended.
    session.run({core::RollbackTransaction{}}, [](const core::ItemResult&) {});
    warn(fault, events);
    record(session, last);
  }
}

}  // namespace

void keep_schema(port::Session& session, const core::TouchedObjects& touched,
                 std::vector<core::JournalWrite> last, port::EventSink& events) {
  if (touched.others) return keep_whole_schema(session, std::move(last), events);
  keep(session, std::vector(touched.changed.begin(), touched.changed.end()), std::move(last),
       events);
}

void keep_whole_schema(port::Session& session, std::vector<core::JournalWrite> last,
                       port::EventSink& events) {
  keep(session, std::nullopt, std::move(last), events);
}

void accept_whole_schema(port::Session& session, const std::vector<core::JournalWrite>& last) {
  write(session, std::nullopt, look(session, std::nullopt), last);
}

}  // namespace migrate::app
