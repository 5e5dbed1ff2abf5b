#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

namespace migrate::core {

/// Sorts values that are long, by what `key` makes of each: their places are sorted, and then each
/// value is moved there, once. Equal ones stay in their order; a vector that is in order is only
/// read.
template <typename Value, typename Key>
void sort_by_place(std::vector<Value>& values, const Key& key) {
  if (std::ranges::is_sorted(values, std::less<>{}, key)) return;
  std::vector<std::size_t> from(values.size());
  std::iota(from.begin(), from.end(), std::size_t{0});
  std::ranges::stable_sort(from, std::less<>{}, [&](std::size_t place) -> decltype(auto) {
    return std::invoke(key, values[place]);
  });
  for (std::size_t begin = 0; begin < from.size(); ++begin) {
    if (from[begin] == begin) continue;
    Value first = std::move(values[begin]);
    std::size_t to = begin;
    while (from[to] != begin) {
      values[to] = std::move(values[from[to]]);
      to = std::exchange(from[to], to);
    }
    values[to] = std::move(first);
    from[to] = to;
  }
}

}  // namespace migrate::core
