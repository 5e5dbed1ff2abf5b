#pragma once

#include <memory>

#include "core/connection.h"
#include "port/accounts.h"

namespace migrate::mysql {

/// Of the server that `options` lead to. Does not connect yet.
std::unique_ptr<port::Accounts> open_accounts(core::ConnectionOptions options);

}  // namespace migrate::mysql
