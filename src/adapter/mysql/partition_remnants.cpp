#include "partition_remnants.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {

std::vector<core::ObjectName> partition_remnants(Connection& connection, const std::string& schema,
                                                 const std::string& table) {
  const std::string file_name = fmt::format(
      "CONCAT(CAST(CONVERT({} USING filename) AS BINARY), '/', "
      "CAST(CONVERT({} USING filename) AS BINARY), '#P#')",
      literal(schema), literal(table));
  std::vector<core::ObjectName> remnants;
  try {
    for (const Row& row : connection.rows(fmt::format(
             "SELECT SUBSTRING_INDEX(name, '/', -1) FROM information_schema.innodb_sys_tables "
             "WHERE LEFT(CAST(name AS BINARY), LENGTH({0})) = {0} AND NOT EXISTS (SELECT 1 FROM "
             "information_schema.tables WHERE table_schema = {1} AND table_name = {2})",
             file_name, literal(schema), literal(table)))) {
      remnants.push_back({.schema = schema, .name = "#mysql50#" + row[0].value()});
    }
  } catch (const ServerRefused& refused) {
    // No such view, no such character set (both MySQL's answers), no privilege.
    constexpr std::array<unsigned, 5> not_told{1109, 1115, 1142, 1146, 1227};
    if (std::ranges::find(not_told, refused.server_code()) == not_told.end()) throw;
  }
  return remnants;
}

}  // namespace migrate::mysql
