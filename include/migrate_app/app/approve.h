#pragma once

#include <string>
#include <vector>

#include "app/freezing.h"
#include "app/ports.h"
#include "core/exit_code.h"

namespace migrate::app {

/// Records that the account that connects approves a frozen plan. Refuses a plan of another server
/// or schema, and an account that is not among `approvers` (none: everybody is). Takes no lock: a
/// run may be under way.
core::ExitCode approve(const RunPorts& ports, const FrozenRequest& frozen,
                       const std::vector<std::string>& approvers, const std::string& comment);

}  // namespace migrate::app
