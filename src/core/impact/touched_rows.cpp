#include "core/impact/touched_rows.h"

#include <algorithm>

#include "lint/data_statement.h"
#include "token_cursor.h"

namespace migrate::core::impact {

std::optional<ObjectName> touched_by_rows(std::string_view statement) {
  lint::DataStatement read = lint::read_data_statement(statement);
  if (!read.writes() || read.target.name.empty()) return std::nullopt;
  read.target.kind = ObjectKind::table;
  return std::move(read.target);
}

bool rebuilds_by_name(std::string_view statement) {
  return TokenCursor(statement, {}).at("OPTIMIZE");
}

std::vector<ForeignKeyLink> links_of(const std::vector<schema::Table>& schema,
                                     const std::vector<TouchedTable>& tables) {
  const auto is_touched = [&](const std::string& name) {
    return std::ranges::find(tables, name, &TouchedTable::name) != tables.end();
  };
  std::vector<ForeignKeyLink> links;
  for (const schema::Table& table : schema) {
    for (const schema::ForeignKey& key : table.foreign_keys) {
      if (!key.referenced_schema.empty()) continue;
      if (!is_touched(table.name) && !is_touched(key.referenced_table)) continue;
      links.push_back({.name = key.name,
                       .from = table.name,
                       .to = key.referenced_table,
                       .columns = key.columns,
                       .referenced_columns = key.referenced_columns});
    }
  }
  return links;
}

}  // namespace migrate::core::impact
