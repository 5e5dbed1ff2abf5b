#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    if (!is_approximate(column.type) || is_money(column.name)) return;
    remarks.push_back({column.type_offset,
                       fmt::format("{}.{} is {}, which is not exact", view.table->name(),
                                   column.name, column.type.name),
                       "use DECIMAL where the digits matter; allow it for measurements"});
  });
  return remarks;
}

}  // namespace

Rule float_column() {
  return {"float-column", Severity::warning,
          "FLOAT and DOUBLE are not exact: = may not find what was inserted, and both servers "
          "show other digits.",
          check};
}

}  // namespace migrate::core::lint
