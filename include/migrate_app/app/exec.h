#pragma once

#include "app/ports.h"
#include "core/exit_code.h"
#include "core/step.h"

namespace migrate::app {

/// Runs a file outside the catalog, statement by statement, in a session like that of `up`, under
/// the same locks. The log says that it ran and how it ended; the ledger knows nothing of it, so it
/// is not resumed. Stops at the first error.
core::ExitCode exec(const RunPorts& ports, const core::Script& script);

}  // namespace migrate::app
