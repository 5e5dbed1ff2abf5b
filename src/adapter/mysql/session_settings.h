#pragma once

#include <string_view>

namespace migrate::mysql {

/// Statements that give every session of `migrate` the same behaviour, whatever the server's
/// defaults are and of whichever family it is.
extern const std::string_view session_settings;

}  // namespace migrate::mysql
