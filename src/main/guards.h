#pragma once

#include <memory>
#include <vector>

#include "adapter/config/settings.h"
#include "app/guard/guard.h"
#include "cli/request.h"
#include "core/connection.h"

namespace migrate::wiring {

/// The guards that an environment asks for, each with its policy, and with `server` to look at.
std::vector<std::unique_ptr<app::Guard>> guards_of(const config::Settings& settings,
                                                   const cli::GlobalOptions& global,
                                                   const core::ConnectionOptions& server);

}  // namespace migrate::wiring
