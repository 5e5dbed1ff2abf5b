#include "table_shape.h"

#include <algorithm>
#include <regex>
#include <sstream>
#include <vector>

#include <fmt/ranges.h>

#include "create_table_text.h"

namespace migrate::mysql {

std::string table_shape(const std::string& create_table) {
  static const std::regex temporary("^CREATE TEMPORARY TABLE");
  std::istringstream text(
      without_counter(std::regex_replace(create_table, temporary, "CREATE TABLE")));
  std::vector<std::string> lines;
  for (std::string line; std::getline(text, line);) {
    if (line.ends_with(',')) line.pop_back();
    lines.push_back(std::move(line));
  }
  const auto is_constraint = [](const std::string& line) {
    return line.starts_with("  CONSTRAINT ");
  };
  const auto first = std::ranges::find_if(lines, is_constraint);
  std::sort(first, std::find_if_not(first, lines.end(), is_constraint));
  return fmt::format("{}", fmt::join(lines, "\n"));
}

}  // namespace migrate::mysql
