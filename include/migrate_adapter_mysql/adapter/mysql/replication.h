#pragma once

#include <memory>

#include "core/connection.h"
#include "port/replication.h"

namespace migrate::mysql {

/// Of the server that `options` lead to; other hosts are asked with the same account, by TCP.
/// Connects when it is asked.
std::unique_ptr<port::Replication> open_replication(core::ConnectionOptions options);

}  // namespace migrate::mysql
