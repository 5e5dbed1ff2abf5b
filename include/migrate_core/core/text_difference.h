#pragma once

#include <string>
#include <string_view>

namespace migrate::core {

/// The lines of two texts that differ, in order: "- " before a line that only `before` has, "+ "
/// before one that only `after` has; lines that both have are left out. Empty when the texts are
/// alike. For texts of at most a few thousand lines.
std::string text_difference(std::string_view before, std::string_view after);

}  // namespace migrate::core
