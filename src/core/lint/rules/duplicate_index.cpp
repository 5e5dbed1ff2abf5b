#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  // What is there behind the statement.
  Tables after = Tables::over(view.tables);
  apply(*view.table, after);
  const KnownTable* table = after.find(view.table->name());
  if (table == nullptr) return remarks;
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& added, const Clause& clause) {
    const KnownIndex* other = better_index(added.index, *table);
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
