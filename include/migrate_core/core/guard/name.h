#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/named_values.h"

namespace migrate::core::guard {

/// The guards that an environment can ask for.
enum class Name { approval, destructive, rehearsal, grants, backup, window, replicas };

/// As `require:` and --override have them.
inline constexpr std::array<std::string_view, 7> names{
    "approval", "destructive", "rehearsal", "grants", "backup", "window", "replicas"};

constexpr std::string_view name_of(Name name) {
  return names.at(static_cast<std::size_t>(name));
}

constexpr std::optional<Name> named(std::string_view name) {
  return value_named<Name>(names, name);
}

}  // namespace migrate::core::guard
