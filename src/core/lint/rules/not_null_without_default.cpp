#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  for_each_clause<AddColumn>(*view.table, [&](const AddColumn& added, const Clause& clause) {
    const ColumnDefinition& column = added.column;
    if (!column.is_not_null || column.has_default || column.is_auto_increment ||
        column.is_generated) {
      return;
    }
    remarks.push_back(
        {clause.offset,
         fmt::format("new column {}.{} is NOT NULL and has no default", view.table->name(),
                     column.name),
         "give it a DEFAULT, or let it be NULL, fill it, and make it NOT NULL later"});
  });
  return remarks;
}

}  // namespace

Rule not_null_without_default() {
  return {"not-null-without-default", Severity::error,
          "Programs that run now do not name the new column, so their INSERTs fail in strict "
          "mode; and the rows that are there silently get '' or 0.",
          check};
}

}  // namespace migrate::core::lint
