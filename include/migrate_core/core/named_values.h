#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace migrate::core {

/// The value of an enumeration whose names these are, the first one's first; nothing: it has no
/// such name.
template <class Enumeration, std::size_t count>
constexpr std::optional<Enumeration> value_named(const std::array<std::string_view, count>& names,
                                                 std::string_view name) {
  for (std::size_t i = 0; i < count; ++i) {
    if (names.at(i) == name) return static_cast<Enumeration>(i);
  }
  return std::nullopt;
}

}  // namespace migrate::core
