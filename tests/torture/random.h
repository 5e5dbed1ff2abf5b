#pragma once

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace migrate::torture {

/// Numbers that are the same for the same seed and stream on every machine: the engine is the
/// standard's, and its distributions, which are not the same everywhere, are not used.
class Random {
 public:
  /// Streams of one seed are independent of each other.
  Random(std::uint64_t seed, std::uint64_t stream) : engine_(seeded(seed, stream)) {}

  /// From 0 to `end` - 1.
  std::size_t below(std::size_t end) { return static_cast<std::size_t>(engine_() % end); }
  /// True in `percent` of a hundred cases.
  bool chance(std::size_t percent) { return below(100) < percent; }
  /// From 0 up to, and without, 1.
  double fraction() { return static_cast<double>(below(1U << 30U)) / (1U << 30U); }

  template <typename Value>
  const Value& pick(const std::vector<Value>& values) {
    return values[below(values.size())];
  }

  template <typename Value>
  void shuffle(std::vector<Value>& values) {
    for (std::size_t left = values.size(); left > 1; --left) {
      std::swap(values[left - 1], values[below(left)]);
    }
  }

 private:
  static std::mt19937_64 seeded(std::uint64_t seed, std::uint64_t stream) {
    std::seed_seq words{low(seed), high(seed), low(stream), high(stream)};
    return std::mt19937_64(words);
  }
  static std::uint32_t low(std::uint64_t number) { return static_cast<std::uint32_t>(number); }
  static std::uint32_t high(std::uint64_t number) {
    return static_cast<std::uint32_t>(number >> 32U);
  }

  std::mt19937_64 engine_;
};

}  // namespace migrate::torture
