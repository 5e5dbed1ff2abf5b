#include "longest_run.h"

namespace migrate::core::schema {

std::vector<bool> in_longest_run(const std::vector<std::size_t>& places) {
  const std::size_t none = places.size();
  std::vector<std::size_t> length(places.size(), 1);
  std::vector<std::size_t> before(places.size(), none);
  std::size_t last = none;
  for (std::size_t i = 0; i < places.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (places[j] > places[i] || length[j] + 1 <= length[i]) continue;
      length[i] = length[j] + 1;
      before[i] = j;
    }
    if (last == none || length[i] > length[last]) last = i;
  }
  std::vector<bool> stays(places.size(), false);
  for (; last != none; last = before[last]) stays[last] = true;
  return stays;
}

}  // namespace migrate::core::schema
