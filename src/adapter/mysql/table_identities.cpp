#include "table_identities.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {
namespace {

// InnoDB writes any other character in a code of its own.
bool is_plain(const std::string& name) {
  return std::ranges::all_of(
      name, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_' || c == '$'; });
}

}  // namespace

std::vector<std::optional<std::string>> TableIdentities::of(
    const std::vector<core::ObjectName>& tables) {
  std::vector<std::optional<std::string>> unknown(tables.size());
  std::vector<std::string> names;
  for (const core::ObjectName& table : tables) {
    const std::string& schema = table.schema.empty() ? schema_ : table.schema;
    if (!is_plain(schema) || !is_plain(table.name)) return unknown;
    names.push_back(schema + "/" + table.name);
  }
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + literal(name);
  for (const char* view : {"innodb_tables", "innodb_sys_tables"}) {
    try {
      std::vector<std::optional<std::string>> found(tables.size(), "");
      for (const Row& row : connection_.rows(
               fmt::format("SELECT name, table_id FROM information_schema.{} WHERE name IN ({})",
                           view, list))) {
        const auto at = std::ranges::find(names, row[0].value_or(""));
        if (at == names.end()) return unknown;
        for (std::size_t i = 0; i < names.size(); ++i) {
          if (names[i] == *at) found[i] = row[1];
        }
      }
      return found;
    } catch (const ServerRefused& refused) {
      constexpr std::array<unsigned, 4> not_here{1109, 1146, 1227, 1142};
      if (std::ranges::find(not_here, refused.server_code()) == not_here.end()) throw;
    }
  }
  return unknown;
}

}  // namespace migrate::mysql
