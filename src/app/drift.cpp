#include "app/drift.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/ignore.h"
#include "core/schema/kept.h"

namespace migrate::app {
namespace {

core::Refusal unknown_schema(const core::History& history) {
  core::Refusal refusal{
      .reason = "the history does not know what the schema is to be: no run has looked at it yet",
      .way_out = "compare it with what the files make: migrate drift --against files"};
  if (!history.left_schema_open.empty()) {
    refusal.reason = fmt::format(
        "the history does not know what the schema is to be: run {} may have changed it, and ended "
        "before it had looked",
        history.left_schema_open.back());
    refusal.way_out = "go on with that run, which looks then: migrate up";
  }
  return refusal;
}

/// When the object was last looked at by a run.
std::string seen(const core::ObjectName& object,
                 const std::vector<core::schema::KeptObject>& kept) {
  for (const core::schema::KeptObject& one : kept) {
    const bool defaults =
        object.kind == core::ObjectKind::schema && one.kind == core::schema::KeptKind::schema;
    if (defaults || is_named(one, object)) return fmt::format("run {} at {}", one.run_id, one.at);
  }
  return {};
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
  const auto result = drift_from_history(session, ignored);
  if (const auto* refusal = std::get_if<core::Refusal>(&result))
    return {Verdict::unknown, refusal->reason};
  const auto& differences = std::get<core::schema::Drift>(result).differences;
  if (differences.empty()) return {Verdict::as_left, "the schema is as the last run left it"};
  return {Verdict::drifted, fmt::format("the schema is not as the last run left it: {}",
                                        core::schema::names_of(differences))};
}

core::schema::Drift drift_from(const core::schema::Schema& expected, const std::string& against,
                               port::Session& session, const std::vector<std::string>& ignored) {
  const core::schema::Schema wanted = core::schema::without_ignored(expected, ignored);
  const core::schema::Schema found =
      core::schema::without_ignored(session.schema().read(), ignored);
  core::schema::Drift drift{.against = against,
                            .objects = core::schema::kept_objects(wanted).size() - 1,
                            .differences = core::schema::differences(wanted, found)};
  for (const core::schema::Schema* schema : {&wanted, &found}) {
    for (const core::ObjectName& hidden : schema->hidden) {
      std::string words = core::schema::words_for(hidden);
      if (std::ranges::find(drift.hidden, words) == drift.hidden.end())
        drift.hidden.push_back(std::move(words));
    }
  }
  return drift;
}

}  // namespace migrate::app
