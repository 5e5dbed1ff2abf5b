#pragma once

#include "adapter/config/flags.h"
#include "cli/request.h"

namespace migrate::wiring {

/// The configuring flags of the command line as the configuration takes them.
config::Flags config_flags(const cli::GlobalOptions& global);

}  // namespace migrate::wiring
