#pragma once

#include <span>
#include <string>
#include <string_view>

namespace migrate::core {

/// The known word that was most likely meant by `word`, for "did you mean …?". Counts the letters
/// to insert, delete, replace or swap with their neighbour, ASCII letters alike in either case; of
/// equally near words the first. Empty when none is near: more than one change for every three
/// letters (one at least).
std::string nearest(std::string_view word, std::span<const std::string_view> known);

}  // namespace migrate::core
