#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace migrate::core {

/// Of a bag of things, whatever their order: what each is hashed to is added up. For telling
/// whether two bags are alike, not for keeping anything safe.
class BagHash {
 public:
  using Hash = std::array<std::uint64_t, 2>;

  static Hash of(std::string_view bytes);
  void add(const Hash& hash);
  std::string hex() const;

 private:
  Hash sum_{};
};

/// Adds a value to the text of a row that is to be hashed: NULL is not the empty text, and no value
/// runs into the next.
void append_value(std::string& row, const std::optional<std::string_view>& value);

}  // namespace migrate::core
