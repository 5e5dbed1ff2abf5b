#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace migrate::mysql {

/// So much of SHOW CREATE statements is sent at once: little enough where max_allowed_packet is
/// 64 KiB.
inline constexpr std::size_t most_shown_bytes = 32768;

/// SHOW CREATE `what` (TABLE, PACKAGE BODY, …) of that name.
std::string show_create(std::string_view what, const std::string& schema, const std::string& name);

}  // namespace migrate::mysql
