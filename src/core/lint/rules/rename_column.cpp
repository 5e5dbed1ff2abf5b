#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  const auto renamed = [&](const std::string& from, const std::string& to, const Clause& clause) {
    if (same_name(from, to) || view.is_own(column_key(table, from))) return;
    if (view.up != nullptr && view.up->changed.contains(column_key(table, from))) return;
    remarks.push_back(
        {clause.offset,
         fmt::format("column {}.{} becomes {}: programs that run now lose it", table, from, to),
         "add a new column, write both, and drop the old one in a later step"});
  };
  for_each_clause<RenameColumn>(*view.table, [&](const RenameColumn& column, const Clause& clause) {
    renamed(column.from, column.to, clause);
  });
  for_each_clause<ChangeColumn>(*view.table, [&](const ChangeColumn& column, const Clause& clause) {
    renamed(column.old_name, column.column.name, clause);
  });
  return remarks;
}

}  // namespace

Rule rename_column() {
  return {"rename-column", Severity::error,
          "Programs that still use the old name fail from that moment, and those that use the "
          "new one fail until then. Add the new column, write both, and drop the old one in a "
          "later step.",
          check};
}

}  // namespace migrate::core::lint
