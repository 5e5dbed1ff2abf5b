#pragma once

#include <memory>
#include <vector>

#include "adapter/config/settings.h"
#include "app/guard/guard.h"
#include "app/guard/window_hours.h"
#include "cli/request.h"
#include "core/connection.h"
#include "port/clock.h"

namespace migrate::wiring {

/// The guards that an environment asks for, each with its policy, and with `server` to look at.
std::vector<std::unique_ptr<app::Guard>> guards_of(const config::Settings& settings,
                                                   const cli::GlobalOptions& global,
                                                   const core::ConnectionOptions& server,
                                                   const port::Clock& clock);

/// The windows of an environment by the clock of `server`. `clock` must outlive them. Throws
/// Fault(configuration) where it has none, or its time zone is unknown.
std::shared_ptr<app::WindowHours> window_hours(const config::Settings& settings,
                                               const core::ConnectionOptions& server,
                                               const port::Clock& clock);

}  // namespace migrate::wiring
