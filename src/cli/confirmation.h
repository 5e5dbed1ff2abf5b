#pragma once

#include <optional>
#include <string>

#include "cli/world.h"
#include "core/plan.h"

namespace migrate::cli {

/// Shows the plan and asks the person at the terminal to type the environment's name. Returns the
/// exit code to end with when it must not go on: the plan is a refusal or empty, or nobody typed
/// the name.
std::optional<core::ExitCode> confirm_plan(World& world, const core::PlanResult& plan,
                                           port::Session& session);

/// Asks the person at the terminal to type the environment's name before the program goes on to
/// `what` ("run x.sql"). Returns the exit code to end with when nobody typed it.
std::optional<core::ExitCode> confirm_change(World& world, const std::string& what);

/// Shows a plan with what it will do to the server, as far as that is known without asking how it
/// runs statements; or why there is none. The exit code: pending when it has steps.
core::ExitCode show_plan(World& world, const core::PlanResult& plan, port::Session& session);

}  // namespace migrate::cli
