#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace migrate::mysql {

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

}  // namespace migrate::mysql
