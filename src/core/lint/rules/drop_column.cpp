#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  for_each_clause<DropColumn>(*view.table, [&](const DropColumn& dropped, const Clause& clause) {
    if (view.is_own(column_key(table, dropped.name))) return;
    remarks.push_back({clause.offset,
                       fmt::format("column {}.{} is dropped with its values", table, dropped.name),
                       "drop it in a step of its own when no program names it any more"});
  });
  return remarks;
}

}  // namespace

Rule drop_column() {
  return {"drop-column", Severity::error,
          "The values are gone with the column, and programs that still name it fail. Stop "
          "using it everywhere first; then a later step can drop it.",
          check};
}

}  // namespace migrate::core::lint
