#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_clause<AddForeignKey>(*view.table, [&](const AddForeignKey& key, const Clause& clause) {
    const std::string parent = full_name(key.parent);
    const KnownTable* known = view.tables.find(parent);
    if (known == nullptr || key.parent_columns.empty()) return;
    const bool unique = std::ranges::any_of(known->indexes, [&](const KnownIndex& index) {
      return index.is_unique && index.columns.size() == key.parent_columns.size() &&
             begins_with(index.columns, key.parent_columns);
    });
    if (unique) return;
    remarks.push_back(
        {clause.offset,
         fmt::format("{} ({}) is no unique key", parent, fmt::join(key.parent_columns, ", ")),
         "refer to its primary key, or make these columns unique first"});
  });
  return remarks;
}

}  // namespace

Rule foreign_key_parent() {
  return {"foreign-key-parent", Severity::error,
          "MySQL 8.4 and later refuse a foreign key to columns that are no unique key of the "
          "other table; MariaDB takes it, and which row is meant is then not certain. Known "
          "only of tables that earlier files declare, or that the server of --on has.",
          check};
}

}  // namespace migrate::core::lint
