#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrate::core {

/// A line of two texts that are compared.
struct DifferenceLine {
  enum class Kind { both, before, after };
  Kind kind = Kind::both;
  std::string text;

  friend bool operator==(const DifferenceLine&, const DifferenceLine&) = default;
};

/// All lines of two texts, in order. For texts of at most a few thousand lines.
std::vector<DifferenceLine> compare_lines(std::string_view before, std::string_view after);

/// The lines of two texts that differ, in order: "- " before a line that only `before` has, "+ "
/// before one that only `after` has; lines that both have are left out. Empty when the texts are
/// alike. For texts of at most a few thousand lines.
std::string text_difference(std::string_view before, std::string_view after);

}  // namespace migrate::core
