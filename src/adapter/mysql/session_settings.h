#pragma once

#include <string>
#include <string_view>

#include "core/server_info.h"

namespace migrate::mysql {

/// One SET statement that gives every session of `migrate` the same behaviour, whatever the
/// server's defaults are.
std::string set_session_settings(core::ServerFamily family);

}  // namespace migrate::mysql
