#include "table_sizes.h"

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {
namespace {

using core::estimate::TableSize;

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// Which of the tables it is goes by their places: whether names differ by their case the server
/// knows (lower_case_table_names).
std::string query(const std::string& schema, const std::vector<core::ObjectName>& tables) {
  std::string sql;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const core::ObjectName& table = tables[i];
    sql += fmt::format(
        "{}SELECT {}, COALESCE(table_rows, 0), COALESCE(data_length, 0), COALESCE(index_length, 0) "
        "FROM information_schema.tables WHERE table_schema = {} AND table_name = {} AND "
        "table_type <> 'VIEW'",
        i == 0 ? "" : " UNION ALL ", i, literal(table.schema.empty() ? schema : table.schema),
        literal(table.name));
  }
  return sql;
}

}  // namespace

std::vector<TableSize> read_table_sizes(Connection& connection, core::ServerFamily family,
                                        const std::string& schema,
                                        const std::vector<core::ObjectName>& tables) {
  std::vector<TableSize> sizes;
  if (tables.empty()) return sizes;
  std::string sql = query(schema, tables);
  if (family == core::ServerFamily::mysql) {
    sql = fmt::format(
        "SET SESSION information_schema_stats_expiry = 0; {}; "
        "SET SESSION information_schema_stats_expiry = DEFAULT",
        sql);
  }
  connection.query(
      sql,
      [&](const StatementOutcome& outcome) {
        if (outcome.lost) connection.throw_lost();
        if (outcome.error) throw ServerRefused(*outcome.error, sql);
      },
      [&](const RowView& row) {
        sizes.push_back({.table = tables.at(number(row[0])),
                         .rows = number(row[1]),
                         .data_bytes = number(row[2]),
                         .index_bytes = number(row[3])});
      });
  return sizes;
}

}  // namespace migrate::mysql
