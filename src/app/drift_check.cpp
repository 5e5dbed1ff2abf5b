#include "drift_check.h"

#include <vector>

#include <fmt/format.h>

#include "core/schema/difference.h"
#include "core/schema/ignore.h"
#include "core/schema/kept.h"
#include "core/touched_objects.h"

namespace migrate::app {
namespace {

std::vector<core::schema::Difference> drift_of(const std::vector<core::ObjectName>& objects,
                                               port::Session& session,
                                               const std::vector<std::string>& ignored) {
  using core::schema::without_ignored;
  const core::schema::Schema found = without_ignored(session.schema().read(objects), ignored);
  core::schema::Schema expected = without_ignored(
      core::schema::schema_of(session.history().kept_schema(objects), found.family), ignored);
  // Not asked for.
  expected.charset = found.charset;
  expected.collation = found.collation;
  return differences(expected, found);
}

std::string told(const std::vector<core::schema::Difference>& differences) {
  std::string text;
  for (const core::schema::Difference& difference : differences) {
    text += core::schema::words_for(difference.object);
    if (difference.kind == core::schema::Difference::Kind::missing) text += " is gone";
    if (difference.kind == core::schema::Difference::Kind::unexpected) text += " is new";
    text += '\n';
    for (const std::string& words : difference.words) text += "  " + words + '\n';
  }
  return text;
}

}  // namespace

std::optional<core::Refusal> refuse_drift(core::Plan& plan, const core::History& history,
                                          port::Session& session, const core::UpRequest& request) {
  core::TouchedObjects touched;
  for (const core::PlannedStep& planned : plan.steps) {
    // What a step that goes on has done already is not kept yet.
    if (planned.reason == core::Reason::continues) continue;
    touched.add(planned.script.shape.touched);
  }
  if (touched.relied_on.empty() || !history.knows_schema()) return std::nullopt;
  const auto differences = drift_of({touched.relied_on.begin(), touched.relied_on.end()}, session,
                                    request.ignored_objects);
  if (differences.empty()) return std::nullopt;
  if (request.accept_drift) {
    plan.accepted_drift =
        fmt::format("{}: {}", *request.accept_drift, core::schema::names_of(differences));
    plan.warnings.push_back(fmt::format("not what the last run left, and accepted: {}",
                                        core::schema::names_of(differences)));
    return std::nullopt;
  }
  return core::Refusal{
      .code = core::ExitCode::drift,
      .reason = fmt::format("not what the last run left, and this one would change it: {}",
                            core::schema::names_of(differences)),
      .way_out =
          "bring it back, or accept it with --accept-drift REASON; see what differs, and what "
          "would bring it back, with: migrate drift",
      .detail = told(differences)};
}

}  // namespace migrate::app
