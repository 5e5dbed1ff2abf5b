#include "core/schema/schema.h"

#include <algorithm>

namespace migrate::core::schema {

const Column* Table::find_column(const std::string& column) const {
  const auto found = std::ranges::find(columns, column, &Column::name);
  return found == columns.end() ? nullptr : &*found;
}

const Index* Table::primary_key() const {
  const auto found = std::ranges::find(indexes, true, &Index::primary);
  return found == indexes.end() ? nullptr : &*found;
}

const Table* Schema::find_table(const std::string& table) const {
  const auto found = std::ranges::find(tables, table, &Table::name);
  return found == tables.end() ? nullptr : &*found;
}

std::string_view sql_word(RoutineKind kind) {
  switch (kind) {
    case RoutineKind::procedure:
      return "PROCEDURE";
    case RoutineKind::function:
      return "FUNCTION";
    case RoutineKind::package:
      return "PACKAGE";
    case RoutineKind::package_body:
      break;
  }
  return "PACKAGE BODY";
}

std::string quoted_name(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += '`';
    quoted += c;
  }
  return quoted + '`';
}

}  // namespace migrate::core::schema
