#include "app/freezing.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/difference.h"

namespace migrate::app {
namespace {

/// Whether a run of this very plan was begun before.
bool was_begun(const std::string& hash, port::Session& session) {
  return std::ranges::any_of(session.history().log_of_plan(hash), [](const core::LogRow& row) {
    return row.event == core::run_started_event;
  });
}

std::string words_with_schema(core::ObjectName object) {
  if (!object.schema.empty()) object.name = fmt::format("{}.{}", object.schema, object.name);
  return core::schema::words_for(object);
}

}  // namespace

core::FrozenPlan freeze(const core::Plan& plan, const core::UpRequest& request,
                        port::Session& session, const std::string& tool_version) {
  const std::vector<core::ObjectName> names = core::objects_of(plan);
  std::vector<std::optional<port::Definition>> definitions;
  if (!names.empty()) definitions = session.schema().definitions(names);
  std::vector<core::FrozenObject> objects;
  objects.reserve(names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    objects.push_back({.object = words_with_schema(names[i]),
                       .fingerprint = definitions[i] ? definitions[i]->fingerprint : "hidden"});
  }
  return core::freeze(plan, request, session.history().load(), session.info(), std::move(objects),
                      tool_version);
}

std::optional<core::Refusal> refuse_other_plan(const FrozenRequest& frozen, const core::Plan& now,
                                               port::Session& session,
                                               const std::string& tool_version) {
  const core::FrozenPlan found = freeze(now, frozen.plan.request, session, tool_version);
  const std::vector<std::string> changed = core::what_changed(frozen.plan, found);
  if (changed.empty()) return std::nullopt;
  if (core::is_rest_of(frozen.plan, found) && was_begun(frozen.hash, session)) return std::nullopt;
  return core::Refusal{.reason = "this is not the plan that was frozen",
                       .way_out =
                           "look at it as it is now, and freeze it again with: migrate plan "
                           "--out FILE",
                       .detail = fmt::format("{}\n", fmt::join(changed, "\n"))};
}

}  // namespace migrate::app
