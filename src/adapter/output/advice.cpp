#include "advice.h"

#include "text.h"

namespace migrate::output {

Advice advice(std::string_view text, const std::string& program) {
  constexpr std::string_view mark = ": migrate ";
  const std::string line = one_line(text);
  const auto at = line.find(mark);
  if (at == std::string::npos) return {.words = line, .command = {}};
  return {.words = line.substr(0, at + 1),
          .command = program + ' ' + line.substr(at + mark.size())};
}

}  // namespace migrate::output
