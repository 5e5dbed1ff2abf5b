#include "create_table_text.h"

#include <string_view>

namespace migrate::mysql {
namespace {

/// Behind the quoted text that begins at `at`. A doubled quote is read as two texts in a row.
std::size_t behind_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at++];
  const bool escapes = quote != '`';
  while (at < text.size() && text[at] != quote) at += escapes && text[at] == '\\' ? 2U : 1U;
  return at + 1;
}

/// Behind the parenthesis that closes the list of columns.
std::size_t behind_columns(std::string_view text) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\'' || c == '"' || c == '`') {
      at = behind_quoted(text, at) - 1;
    } else if (c == '(') {
      ++depth;
    } else if (c == ')' && --depth == 0) {
      return at + 1;
    }
  }
  return text.size();
}

}  // namespace

std::string without_counter(std::string create_table) {
  constexpr std::string_view counter = " AUTO_INCREMENT=";
  for (std::size_t at = behind_columns(create_table); at < create_table.size();) {
    if (create_table[at] == '\'') {
      at = behind_quoted(create_table, at);
    } else if (create_table.compare(at, counter.size(), counter) == 0) {
      const std::size_t end = create_table.find_first_not_of("0123456789", at + counter.size());
      return create_table.erase(at, end == std::string::npos ? end : end - at);
    } else {
      ++at;
    }
  }
  return create_table;
}

std::string engine_of(const std::string& create_table) {
  constexpr std::string_view engine = " ENGINE=";
  const std::size_t at = create_table.find(engine, behind_columns(create_table));
  if (at == std::string::npos) return {};
  const std::size_t begin = at + engine.size();
  return create_table.substr(begin, create_table.find_first_of(" \n", begin) - begin);
}

}  // namespace migrate::mysql
