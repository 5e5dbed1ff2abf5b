#pragma once

#include <string>

#include "app/check.h"
#include "app/freezing.h"
#include "app/hooks.h"
#include "app/ports.h"
#include "core/exit_code.h"
#include "core/plan.h"

namespace migrate::app {

/// The use cases that change a database. Each takes the locks, plans, asks the guards, runs, and
/// tells everything as events; it returns the exit code, which is also in the last event. They
/// throw Fault when the files are bad or the server is not there.

core::ExitCode up(const RunPorts& ports, const core::UpRequest& request);
/// With checks around the statements, and commands of the user's around the run and its steps.
/// Where there is nothing to do, none is asked and none is run.
core::ExitCode up(const RunPorts& ports, const core::UpRequest& request, const RunChecks& checks,
                  const RunHooks& hooks);
/// `up`, if it would do exactly what was frozen; refuses otherwise, naming what changed. What a run
/// of that plan that was cut off has left to do is done.
core::ExitCode up_as_frozen(const RunPorts& ports, const FrozenRequest& frozen,
                            const RunChecks& checks, const RunHooks& hooks);
core::ExitCode down(const RunPorts& ports, const core::DownRequest& request);
core::ExitCode down(const RunPorts& ports, const core::DownRequest& request, const RunHooks& hooks);

/// Undoes the step that was applied last, and applies it again.
core::ExitCode redo(const RunPorts& ports, const RunHooks& hooks);

/// Marks every versioned step up to `version` as applied without running it. Refuses when the
/// history is not empty.
core::ExitCode baseline(const RunPorts& ports, const core::Version& version);

/// Drops everything in the schema, the history included, and applies all steps. Asking first is the
/// caller's duty.
core::ExitCode reset(const RunPorts& ports);

/// Decides the open intent by a person's word.
enum class Decision { applied, not_applied };
core::ExitCode resolve(const RunPorts& ports, Decision decision, const std::string& reason);

}  // namespace migrate::app
