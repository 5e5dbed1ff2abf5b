#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    for (const schema::Column& column : table.columns) {
      if (column.collation == canon.collation || !has_chosen_collation(column)) continue;
      remarks.push_back(
          {ObjectKind::table, column_name(table, column),
           fmt::format("the column is {}, expected {}", column.collation, canon.collation),
           "convert it together with the columns that it is compared with"});
    }
  }
  return remarks;
}

}  // namespace

Rule column_collation() {
  return {"column-collation", Severity::error,
          "Two columns of different collations cannot be compared (error 1267), and a join that "
          "converts one of them uses no index of it.",
          check};
}

}  // namespace migrate::core::audit
