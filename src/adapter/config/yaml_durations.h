#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "yaml_nodes.h"

namespace migrate::config {

/// "30s", "90m", "24h", "7d"; `units`: the letters that may stand there. Nothing: it is none, or
/// not above 0.
std::optional<std::chrono::seconds> duration_of(std::string_view text, std::string_view units);

/// The value of a key, in seconds, minutes or hours.
std::chrono::seconds duration(const YamlNodes& nodes, const YamlEntry& entry);

}  // namespace migrate::config
