#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    if (!is_approximate(column.type) || !is_money(column.name)) return;
    remarks.push_back({column.type_offset,
                       fmt::format("{}.{} looks like money and is {}", view.table->name(),
                                   column.name, column.type.name),
                       "use DECIMAL, for example DECIMAL(12, 2)"});
  });
  return remarks;
}

}  // namespace

Rule float_for_money() {
  return {"float-for-money", Severity::error,
          "FLOAT and DOUBLE are not exact: 0.10 + 0.20 is not 0.30, and sums of money do not "
          "add up.",
          check};
}

}  // namespace migrate::core::lint
