#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  const std::string table = view.table->name();
  for_each_clause<AddColumn>(*view.table, [&](const AddColumn& added, const Clause& clause) {
    if (!added.column.is_stored) return;
    remarks.push_back({clause.offset,
                       fmt::format("{}.{} is stored in every row{}", table, added.column.name,
                                   view.rows_of(table)),
                       "make it VIRTUAL, or fill an ordinary column in batches"});
  });
  return remarks;
}

}  // namespace

Rule stored_column_added() {
  return {"stored-column-added", Severity::warning,
          "A STORED column is computed for every row: the table is copied while writes wait. A "
          "VIRTUAL one is there at once, and can have an index.",
          check};
}

}  // namespace migrate::core::lint
