#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace migrate::config {

/// "30s", "90m", "24h", "7d"; `units`: the letters that may stand there. Nothing: it is none, or
/// not above 0.
std::optional<std::chrono::seconds> duration_of(std::string_view text, std::string_view units);

}  // namespace migrate::config
