#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  const KnownTable* known = view.tables.find(table);
  if (known == nullptr || view.is_new(table)) return remarks;
  for_each_clause<ChangeColumn>(
      *view.table, [&](const ChangeColumn& changed, const Clause& clause) {
        const KnownColumn* column = known->column(changed.old_name);
        if (column == nullptr || !column->is_nullable || !changed.column.is_not_null) return;
        remarks.push_back(
            {clause.offset,
             fmt::format("{}.{} may hold NULL, and becomes NOT NULL", table, changed.old_name),
             fmt::format("fill it first; this must find nothing: SELECT COUNT(*) FROM {} "
                         "WHERE {} IS NULL",
                         table, changed.old_name)});
      });
  return remarks;
}

}  // namespace

Rule nullable_to_not_null() {
  return {"nullable-to-not-null", Severity::warning,
          "One NULL in the column stops the step, and programs that still write NULL fail from "
          "that moment.",
          check};
}

}  // namespace migrate::core::lint
