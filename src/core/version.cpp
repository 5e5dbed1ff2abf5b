#include "core/version.h"

#include <algorithm>

namespace migrate::core {

std::optional<Version> Version::parse(std::string_view digits) {
  const bool all_digits = std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (digits.empty() || !all_digits) return std::nullopt;
  const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return Version(std::string(digits.substr(first)));
}

std::strong_ordering operator<=>(const Version& a, const Version& b) {
  const auto by_length = a.canonical_.size() <=> b.canonical_.size();
  return std::is_neq(by_length) ? by_length : a.canonical_.compare(b.canonical_) <=> 0;
}

}  // namespace migrate::core
