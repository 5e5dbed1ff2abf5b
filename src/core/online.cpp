#include "core/online.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "token_cursor.h"

namespace migrate::core {
namespace {

constexpr std::array<std::string_view, 8> placeholders{
    "alter", "table", "schema", "host", "port", "socket", "user", "defaults_file"};

/// Of an action, by its first words.
std::optional<std::string> wrong_with_action(TokenCursor cursor) {
  if (cursor.at("RENAME")) {
    cursor.advance();
    const bool of_a_part = cursor.at("COLUMN") || cursor.at("INDEX") || cursor.at("KEY");
    if (!of_a_part) return "it renames the table";
    return std::nullopt;
  }
  for (const char* verb : {"DISCARD", "IMPORT", "EXCHANGE", "TRUNCATE", "COALESCE", "REORGANIZE",
                           "REBUILD", "OPTIMIZE", "ANALYZE", "CHECK", "REPAIR", "CONVERT"}) {
    if (!cursor.at(verb)) continue;
    cursor.advance();
    const bool of_a_part = cursor.at("PARTITION") || cursor.at("TABLESPACE") || cursor.at("TABLE");
    if (of_a_part) return "it is about partitions or a tablespace";
    return std::nullopt;
  }
  if (cursor.take("ADD") || cursor.take("DROP")) {
    if (cursor.at("PARTITION")) return "it is about partitions or a tablespace";
  }
  return std::nullopt;
}

/// Where the name ends that begins at the cursor; the cursor is behind it.
ObjectName read_name(TokenCursor& cursor) {
  ObjectName name{.kind = ObjectKind::table, .schema = {}, .name = cursor.take_text()};
  if (cursor.take_mark('.')) {
    name.schema = std::exchange(name.name, {});
    name.name = cursor.take_text();
  }
  return name;
}

}  // namespace

bool goes_online(const Directives& directives) {
  return directives.online == OnlineMode::tool;
}

bool accepts_a_copy(const Directives& directives) {
  return directives.online == OnlineMode::copy || goes_online(directives);
}

std::optional<std::variant<OnlineAlter, NotOnline>> online_alter(std::string_view statement) {
  TokenCursor cursor(statement, {});
  if (!cursor.take("ALTER")) return std::nullopt;
  cursor.take("ONLINE");  // MariaDB's; what the tool does anyway
  const bool ignores = cursor.take("IGNORE");
  if (!cursor.take("TABLE")) return std::nullopt;
  if (ignores) return NotOnline{"it says IGNORE, which no tool can"};
  if (cursor.take("IF")) return NotOnline{"it says IF EXISTS"};
  if (!cursor.at_name()) return NotOnline{"its table cannot be read"};
  OnlineAlter alter{.table = read_name(cursor), .actions = {}};
  if (cursor.at("WAIT") || cursor.at("NOWAIT")) return NotOnline{"it says how long to wait"};
  if (cursor.at_end()) return NotOnline{"it changes nothing"};
  const std::size_t from = cursor.begin();
  std::size_t to = from;
  for (bool at_action = true; !cursor.at_end();) {
    if (at_action) {
      if (auto wrong = wrong_with_action(cursor)) return NotOnline{*std::move(wrong)};
    }
    at_action = cursor.at_mark(',');
    cursor.advance_over_group();
    to = cursor.end_of_previous();
  }
  alter.actions = cursor.slice(from, to);
  return alter;
}

std::vector<std::string_view> online_placeholders() {
  return {placeholders.begin(), placeholders.end()};
}

std::optional<std::string> wrong_with_online_command(const std::vector<std::string>& words) {
  std::string all;
  for (const std::string& word : words) {
    all += word;
    for (std::size_t open = word.find('{'); open != std::string::npos;
         open = word.find('{', open + 1)) {
      const std::size_t close = word.find('}', open);
      const std::string_view name = std::string_view(word).substr(
          open + 1, close == std::string::npos ? std::string_view::npos : close - open - 1);
      if (close == std::string::npos || std::ranges::find(placeholders, name) == placeholders.end())
        return fmt::format("there is no {{{}}}; expected {{{}}}", name,
                           fmt::join(placeholders, "}, {"));
    }
  }
  for (const char* needed : {"{alter}", "{table}"}) {
    if (all.find(needed) == std::string::npos)
      return fmt::format("it has no {}, without which the tool does not know what to do", needed);
  }
  return std::nullopt;
}

std::string with_values(std::string_view word,
                        const std::vector<std::pair<std::string, std::string>>& values) {
  std::string result;
  while (!word.empty()) {
    const auto fits = std::ranges::find_if(
        values, [word](const auto& value) { return word.starts_with('{' + value.first + '}'); });
    if (fits == values.end()) {
      result += word.front();
      word.remove_prefix(1);
    } else {
      result += fits->second;
      word.remove_prefix(fits->first.size() + 2);
    }
  }
  return result;
}

}  // namespace migrate::core
