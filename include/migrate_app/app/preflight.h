#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/check.h"
#include "app/freezing.h"
#include "app/guard/guards.h"
#include "app/online_tool.h"
#include "core/check/check.h"
#include "core/plan.h"
#include "core/preflight/preflight.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// The `up` that somebody is about to type.
struct PreflightRequest {
  core::UpRequest up;
  std::optional<FrozenRequest> frozen;  ///< `up --plan`: then `up` is what it was frozen for
  std::string tool_version;
  std::vector<core::check::Check> before;
  std::optional<OnlineTool> online;  ///< of the environment; RunPorts::online
};

/// Everything that `up` would meet before its first statement: its plan, whether the schema is what
/// the history left, the environment's guards, the checks for `before`. All of it is asked,
/// whatever the others said. Takes no lock and writes nothing. Throws Fault for bad files, and
/// where the server cannot be asked; a signal leaves out the checks behind it.
core::preflight::Preflight preflight(port::Session& session, port::StepSource& steps,
                                     const Guards& guards, const CheckPorts& checks,
                                     const PreflightRequest& request);

}  // namespace migrate::app
