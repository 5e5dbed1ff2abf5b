#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const KnownTable* known = view.tables.find(view.table->name());
  if (!view.table->creates() && known == nullptr) return remarks;
  for_each_clause<AddForeignKey>(*view.table, [&](const AddForeignKey& key, const Clause& clause) {
    bool served = false;
    const auto look = [&](const KnownIndex& index) {
      served = served || begins_with(index.columns, key.columns);
    };
    for_each_clause<AddIndex>(*view.table,
                              [&](const AddIndex& index, const Clause&) { look(index.index); });
    if (known != nullptr) std::ranges::for_each(known->indexes, look);
    if (served) return;
    remarks.push_back({clause.offset,
                       fmt::format("no index of {} begins with {}, which a foreign key needs",
                                   view.table->name(), fmt::join(key.columns, ", ")),
                       "declare the index too, under a name of yours"});
  });
  return remarks;
}

}  // namespace

Rule foreign_key_without_index() {
  return {"foreign-key-without-index", Severity::notice,
          "InnoDB adds an index of its own for it, which no file names, and which it drops "
          "silently when another one serves.",
          check};
}

}  // namespace migrate::core::lint
