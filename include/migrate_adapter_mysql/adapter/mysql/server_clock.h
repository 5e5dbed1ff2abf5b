#pragma once

#include <memory>

#include "core/connection.h"
#include "port/server_clock.h"

namespace migrate::mysql {

/// Of the server that `options` lead to. Connects when it is asked.
std::unique_ptr<port::ServerClock> open_server_clock(core::ConnectionOptions options);

}  // namespace migrate::mysql
