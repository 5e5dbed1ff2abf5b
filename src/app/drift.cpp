#include "app/drift.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include <fmt/format.h>

#include "app/locked_sessions.h"
#include "core/schema/ignore.h"
#include "core/schema/kept.h"
#include "record.h"

namespace migrate::app {
namespace {

core::Refusal unknown_schema(const core::History& history) {
  return {.reason = core::why_schema_is_unknown(history),
          .way_out = history.left_schema_open.empty()
                         ? "compare it with what the files make: migrate drift --against files"
                         : "go on with that run, which looks then: migrate up"};
}

/// When the object was last looked at by a run.
std::string seen(const core::ObjectName& object,
                 const std::vector<core::schema::KeptObject>& kept) {
  for (const core::schema::KeptObject& one : kept) {
    if (is_named(one, object)) return fmt::format("run {} at {}", one.run_id, one.at);
  }
  return {};
}

/// What differs. A server may not even list what an account may not see (MySQL: triggers): what is
/// missing is asked for by name, and then is hidden.
std::vector<core::schema::Difference> compare(const core::schema::Schema& expected,
                                              core::schema::Schema& found, port::Session& session) {
  auto differences = core::schema::differences(expected, found);
  std::vector<core::ObjectName> missing;
  for (const core::schema::Difference& difference : differences) {
    if (difference.kind == core::schema::Difference::Kind::missing)
      missing.push_back(difference.object);
  }
  if (missing.empty()) return differences;
  const std::vector<core::ObjectName> hidden = session.schema().read(missing).hidden;
  if (hidden.empty()) return differences;
  found.hidden.insert(found.hidden.end(), hidden.begin(), hidden.end());
  return core::schema::differences(expected, found);
}

}  // namespace

std::variant<core::schema::Drift, core::Refusal> drift_from_history(
    port::Session& session, const std::vector<std::string>& ignored) {
  const core::History history = session.history().load();
  if (!history.knows_schema()) return unknown_schema(history);
  const auto kept = session.history().kept_schema();
  core::schema::Drift drift = drift_from(core::schema::schema_of(kept, session.info().family),
                                         "the history", session, ignored);
  for (const core::schema::Difference& difference : drift.differences)
    drift.seen.push_back(seen(difference.object, kept));
  return drift;
}

core::SchemaStatus schema_status(port::Session& session, const std::vector<std::string>& ignored) {
  using Verdict = core::SchemaStatus::Verdict;
  core::SchemaStatus status{.looked = core::SchemaStatus::Looked::now};
  const auto result = drift_from_history(session, ignored);
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) {
    status.words = refusal->reason;
    return status;
  }
  const auto& differences = std::get<core::schema::Drift>(result).differences;
  status.verdict = differences.empty() ? Verdict::as_left : Verdict::drifted;
  status.words = differences.empty() ? "the schema is as the last run left it"
                                     : fmt::format("the schema is not as the last run left it: {}",
                                                   core::schema::names_of(differences));
  return status;
}

std::optional<core::Refusal> record_drift(const core::schema::Drift& found,
                                          port::Session& session) {
  if (const auto run = LockedSessions::other_run(session)) {
    return core::Refusal{.code = core::ExitCode::locked,
                         .reason = fmt::format("a run is under way on connection {}, so what was "
                                               "found may be what it is doing; not recorded",
                                               run->connection_id),
                         .way_out = "look again when it has ended"};
  }
  session.history().prepare();
  core::journal::DriftSeen seen;
  for (const core::schema::Difference& difference : found.differences)
    seen.objects.push_back(difference.object);
  record(session,
         {std::move(seen),
          core::journal::Logged{.event = found.differences.empty() ? "no drift" : "drift found",
                                .message = core::schema::names_of(found.differences)}});
  return std::nullopt;
}

core::schema::Drift drift_from(const core::schema::Schema& expected, const std::string& against,
                               port::Session& session, const std::vector<std::string>& ignored) {
  const core::schema::Schema wanted = core::schema::without_ignored(expected, ignored);
  core::schema::Schema found = core::schema::without_ignored(session.schema().read(), ignored);
  core::schema::Drift drift{.against = against,
                            .objects = core::schema::kept_objects(wanted).size() - 1,
                            .differences = compare(wanted, found, session)};
  for (const core::schema::Schema* schema :
       std::initializer_list<const core::schema::Schema*>{&wanted, &found}) {
    for (const core::ObjectName& hidden : schema->hidden) {
      std::string words = core::schema::words_for(hidden);
      if (std::ranges::find(drift.hidden, words) == drift.hidden.end())
        drift.hidden.push_back(std::move(words));
    }
  }
  return drift;
}

}  // namespace migrate::app
