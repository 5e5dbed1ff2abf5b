#include <fmt/format.h>

#include "ascii.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    const auto found = facts.row_formats.find(table.name);
    const bool innodb = to_upper(table.engine) == "INNODB";
    if (!innodb || found == facts.row_formats.end() || to_upper(found->second) == canon.row_format)
      continue;
    remarks.push_back({ObjectKind::table, table.name,
                       fmt::format("the rows of {} are {}, expected {}", table.name,
                                   to_upper(found->second), canon.row_format),
                       "ALTER TABLE … ROW_FORMAT=" + canon.row_format});
  }
  return remarks;
}

}  // namespace

Rule row_format() {
  return {"row-format", Severity::warning,
          "COMPACT and REDUNDANT keep indexes to 767 bytes a column, too few for 255 characters "
          "of utf8mb4, and keep the beginning of every long value in the row.",
          check};
}

}  // namespace migrate::core::audit
