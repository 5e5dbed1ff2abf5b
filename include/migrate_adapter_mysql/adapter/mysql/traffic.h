#pragma once

#include <memory>

#include "core/connection.h"
#include "port/traffic.h"

namespace migrate::mysql {

/// In the schema that `options` name; over a connection of its own, made when something is asked.
std::unique_ptr<port::Traffic> open_traffic(core::ConnectionOptions options);

}  // namespace migrate::mysql
