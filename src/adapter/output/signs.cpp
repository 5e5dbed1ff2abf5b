#include "signs.h"

#include <algorithm>
#include <array>

namespace migrate::output {

using std::chrono::seconds;

seconds sign_behind(seconds elapsed) {
  // By the first of them the server was asked twice how far a statement is, so that its pace is
  // known. A CI system stops a job that is silent for long.
  constexpr std::array signs{seconds(3), seconds(10), seconds(30), seconds(60)};
  const auto* const next = std::ranges::upper_bound(signs, elapsed);
  return next != signs.end() ? *next : elapsed + signs.back();
}

}  // namespace migrate::output
