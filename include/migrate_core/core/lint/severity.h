#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/named_values.h"

namespace migrate::core::lint {

/// How much a finding matters, the least first.
enum class Severity {
  notice,   ///< worth a thought
  warning,  ///< likely to hurt on a big or busy database
  error,    ///< loses data, or breaks what runs
};

inline constexpr std::array<std::string_view, 3> severity_names{"notice", "warning", "error"};

constexpr std::string_view name_of(Severity severity) {
  return severity_names.at(static_cast<std::size_t>(severity));
}

constexpr std::optional<Severity> severity_named(std::string_view name) {
  return value_named<Severity>(severity_names, name);
}

}  // namespace migrate::core::lint
