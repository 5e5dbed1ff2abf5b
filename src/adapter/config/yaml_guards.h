#pragma once

#include <array>
#include <string_view>

#include "adapter/config/guard_section.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// The keys of an environment that are about guards.
inline constexpr std::array<std::string_view, 10> guard_keys{
    "require", "approvers", "protected_objects", "prove_down",      "accounts",
    "windows", "time_zone", "large_table",       "outside_windows", "replicas"};

/// Takes in one of these keys.
void read_guard_key(const YamlNodes& nodes, const YamlEntry& entry, GuardSection& guards);

}  // namespace migrate::config
