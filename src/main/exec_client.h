#pragma once

#include <string>
#include <vector>

#include "core/connection.h"

namespace migrate::wiring {

/// Replaces this process by the command-line client, mariadb or mysql, connected to a server's
/// socket. Returns only by throwing Fault(configuration): neither is there.
[[noreturn]] void exec_client(const core::ConnectionOptions& server,
                              const std::vector<std::string>& arguments);

}  // namespace migrate::wiring
