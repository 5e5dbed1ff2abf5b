#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "core/guard/window.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// `windows: [{days: mon-fri, from: "22:00", to: "04:00"}]`, or one of them alone.
std::vector<core::guard::Window> windows(const YamlNodes& nodes, const YamlEntry& entry);

/// `large_table: {rows: 1000000, bytes: 1G}`
core::guard::LargeTable large_table(const YamlNodes& nodes, const YAML::Node& map);

inline constexpr std::array<std::string_view, 2> outside_words{"allow", "refuse"};
std::optional<core::guard::Outside> outside(std::string_view word);

}  // namespace migrate::config
