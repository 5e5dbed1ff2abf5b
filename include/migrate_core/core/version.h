#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace migrate::core {

/// The version of a versioned step: a number or a timestamp, of any length. `0002` and `2` are the
/// same version.
class Version {
 public:
  /// Nothing when `digits` is empty or holds anything but ASCII digits.
  static std::optional<Version> parse(std::string_view digits);

  /// Without leading zeros; "0" for zero. This is what the history stores.
  const std::string& canonical() const { return canonical_; }

  friend bool operator==(const Version&, const Version&) = default;
  friend std::strong_ordering operator<=>(const Version& a, const Version& b);

 private:
  explicit Version(std::string canonical) : canonical_(std::move(canonical)) {}
  std::string canonical_;
};

}  // namespace migrate::core
