#include "app/preflight.h"

#include "app/drift.h"
#include "app/planning.h"
#include "online_alters.h"

namespace migrate::app {
namespace {

using core::preflight::item_of;
using core::preflight::Preflight;

core::PlanResult plan_of(port::Session& session, port::StepSource& steps,
                         const PreflightRequest& request) {
  core::PlanResult result = plan_up_on(session, steps, load_catalog(steps), request.up);
  const auto* plan = std::get_if<core::Plan>(&result);
  if (plan == nullptr || plan->steps.empty()) return result;
  if (auto without = refuse_without_tool(*plan, request.online ? &*request.online : nullptr))
    return *std::move(without);
  if (!request.frozen) return result;
  auto refusal = refuse_other_plan(*request.frozen, *plan, session, request.tool_version);
  if (refusal) return *std::move(refusal);
  return result;
}

void ask_guards(const Guards& guards, const GuardedRun& run, Preflight& preflight) {
  const std::vector<core::guard::Verdict> verdicts = guards.ask(run);
  for (const core::guard::Verdict& verdict : verdicts)
    preflight.items.push_back(item_of(verdict, guards.overrides()));
  for (auto& item : core::preflight::guards_not_asked(verdicts, "not required in migrate.yaml"))
    preflight.items.push_back(std::move(item));
}

}  // namespace

Preflight preflight(port::Session& session, port::StepSource& steps, const Guards& guards,
                    const CheckPorts& checks, const PreflightRequest& request) {
  Preflight preflight;
  const core::PlanResult result = plan_of(session, steps, request);
  preflight.items.push_back(item_of(result));
  preflight.items.push_back(item_of(schema_status(session, request.up.ignored_objects)));
  const auto* plan = std::get_if<core::Plan>(&result);
  // As `up` does: with nothing to do nobody is asked.
  if (plan == nullptr || plan->steps.empty()) {
    const char* why = plan == nullptr ? "there is no plan to be asked about" : "nothing is pending";
    for (auto& item : core::preflight::guards_not_asked({}, why))
      preflight.items.push_back(std::move(item));
    return preflight;
  }
  ask_guards(guards,
             {.command = "up",
              .plan = *plan,
              .frozen = request.frozen ? std::optional(request.frozen->hash) : std::nullopt,
              .session = session,
              .steps = steps},
             preflight);
  if (request.before.empty()) return preflight;
  for (const core::check::Result& check : look_at(checks, request.before).results)
    preflight.items.push_back(item_of(check));
  return preflight;
}

}  // namespace migrate::app
