#include "core/alter_algorithm.h"

#include <algorithm>
#include <array>

#include "token_cursor.h"

namespace migrate::core {

std::string with_default_algorithm(std::string_view statement) {
  static constexpr std::array<std::string_view, 7> ways{"COPY",   "EXCLUSIVE", "INPLACE", "INSTANT",
                                                        "NOCOPY", "NONE",      "SHARED"};
  std::string result;
  std::size_t copied = 0;
  TokenCursor cursor(statement, {});
  while (!cursor.at_end()) {
    if (!cursor.take("ALGORITHM") && !cursor.take("LOCK")) {
      cursor.advance();
      continue;
    }
    cursor.take_mark('=');
    const bool asks =
        std::ranges::any_of(ways, [&](std::string_view way) { return cursor.at(way); });
    if (!asks) continue;
    const std::size_t at = cursor.begin();
    result.append(statement.substr(copied, at - copied)).append("DEFAULT");
    copied = at + cursor.text().size();
  }
  return result.append(statement.substr(copied));
}

}  // namespace migrate::core
