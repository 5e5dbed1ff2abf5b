#pragma once

#include <optional>

#include "adapter/config/settings.h"
#include "app/online_tool.h"
#include "core/connection.h"

namespace migrate::wiring {

/// What is left to be filled in is who runs it. Nothing where statements go to the server
/// themselves: it is said so, or nothing is said and it is the private server.
std::optional<app::OnlineTool> online_tool_of(const config::Settings& settings,
                                              const core::ConnectionOptions& server);

}  // namespace migrate::wiring
