#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    if (table.collation == canon.collation) continue;
    remarks.push_back(
        {ObjectKind::table, table.name,
         fmt::format("the table's default is {}, expected {}", table.collation, canon.collation),
         "change the table's default together with its columns"});
  }
  return remarks;
}

}  // namespace

Rule table_collation() {
  return {"table-collation", Severity::warning,
          "A new column that names no collation gets the table's, and does not fit those of "
          "other tables.",
          check};
}

}  // namespace migrate::core::audit
