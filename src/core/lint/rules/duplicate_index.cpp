#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::string shown(const KnownIndex& index) {
  return fmt::format("{} ({})", index.name, fmt::join(index.columns, ", "));
}

/// One that serves every query that `index` serves. Of two that are equal, the later one is blamed
/// (in the list it stands behind the other), but never the primary key.
const KnownIndex* better_one(const KnownIndex& index, const KnownTable& table) {
  if (index.name == "PRIMARY") return nullptr;
  bool behind = false;
  for (const KnownIndex& other : table.indexes) {
    if (same_name(other.name, index.name) && other.columns == index.columns) {
      behind = true;
      continue;
    }
    const bool equal = other.columns.size() == index.columns.size();
    // A unique key is a rule too, which only one that is as short can stand for.
    if (index.is_unique && !(other.is_unique && equal)) continue;
    const bool alike = equal && other.is_unique == index.is_unique && other.name != "PRIMARY";
    if (alike && behind) continue;
    if (begins_with(other.columns, index.columns)) return &other;
  }
  return nullptr;
}

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  // What is there behind the statement.
  Tables after = Tables::over(view.tables);
  apply(*view.table, after);
  const KnownTable* table = after.find(view.table->name());
  if (table == nullptr) return remarks;
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& added, const Clause& clause) {
    const KnownIndex* other = better_one(added.index, *table);
    if (other == nullptr) return;
    remarks.push_back({clause.offset,
                       fmt::format("index {} of {} adds nothing to {}", shown(added.index),
                                   view.table->name(), shown(*other)),
                       "leave it out"});
  });
  return remarks;
}

}  // namespace

Rule duplicate_index() {
  return {"duplicate-index", Severity::warning,
          "An index whose columns another one begins with serves no query more, and every write "
          "pays for it.",
          check};
}

}  // namespace migrate::core::lint
