#include "confirmation.h"

#include <fmt/format.h>

#include "app/inspection.h"
#include "foreseen.h"

namespace migrate::cli {

core::ExitCode show_plan(World& world, const core::PlanResult& result, port::Session& session) {
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) {
    world.presenter().refusal(*refusal);
    return refusal->code;
  }
  const auto& plan = std::get<core::Plan>(result);
  port::PlanShown shown{.steps = app::view(plan, world.steps()), .warnings = plan.warnings};
  if (!plan.steps.empty()) foresee(world, AskWhere::nobody, plan, session, shown);
  world.presenter().plan(shown);
  return plan.steps.empty() ? core::ExitCode::done : core::ExitCode::pending;
}

std::optional<core::ExitCode> confirm_plan(World& world, const core::PlanResult& plan,
                                           port::Session& session) {
  // The run only records that nothing is left to do, and says so.
  const auto* there = std::get_if<core::Plan>(&plan);
  if (there != nullptr && there->ends_cut_off_run) return std::nullopt;
  const core::ExitCode shown = show_plan(world, plan, session);
  if (shown != core::ExitCode::pending) return shown;
  return confirm_change(world, "run this plan");
}

std::optional<core::ExitCode> confirm_change(World& world, const std::string& what) {
  const Target target = world.target();
  const auto answer = world.terminal().ask(fmt::format(
      "Environment {} is protected. Type its name to {} on schema {}: ", target.environment, what,
      target.schema));
  if (answer == target.environment) return std::nullopt;
  world.presenter().refusal(
      {.reason =
           answer ? "that is not the environment's name; nothing ran"
                  : fmt::format("environment {} is protected and there is no terminal to ask on; "
                                "nothing ran",
                                target.environment),
       .way_out = "when you are sure, add --yes"});
  return core::ExitCode::refused;
}

}  // namespace migrate::cli
