#include "delimiter_command.h"

#include <algorithm>

#include "ascii.h"

namespace migrate::core {
namespace {

constexpr std::string_view command = "DELIMITER";

}  // namespace

DelimiterCommand find_delimiter_command(std::string_view text, TextEnd end) {
  const std::size_t seen = std::min(text.size(), command.size());
  if (!equals_keyword(text.substr(0, seen), command.substr(0, seen))) return DelimiterCommand::no;
  if (text.size() <= command.size()) {
    if (end == TextEnd::open) return DelimiterCommand::need_input;
    return text.size() == command.size() ? DelimiterCommand::yes : DelimiterCommand::no;
  }
  const char next = text[command.size()];
  return is_space(next) || next == ';' ? DelimiterCommand::yes : DelimiterCommand::no;
}

std::variant<Delimiter, DelimiterError> parse_delimiter_command(std::string_view line) {
  std::string_view rest = line.substr(command.size());
  // `DELIMITER;` is the command without an argument, as the client sees it.
  const bool separated = !rest.empty() && is_space(rest.front());
  while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
  if (rest.empty() || !separated) {
    return DelimiterError{
        "DELIMITER without an argument: expected the delimiter on the same line, as in DELIMITER "
        "$$"};
  }
  const char quote = rest.front();
  const bool quoted = quote == '\'' || quote == '"' || quote == '`';
  if (quoted) rest.remove_prefix(1);
  const auto* const last =
      std::ranges::find_if(rest, [&](char c) { return quoted ? c == quote : is_space(c); });
  const std::string text(rest.begin(), last);
  if (text.empty())
    return DelimiterError{"DELIMITER with an empty argument: expected the delimiter"};
  if (text.find('\\') != std::string::npos) {
    return DelimiterError{"a DELIMITER cannot contain a backslash: choose another, such as $$"};
  }
  return Delimiter{text};
}

}  // namespace migrate::core
