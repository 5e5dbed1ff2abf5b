#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates()) return remarks;
  const std::string table = view.table->name();
  const auto was_dropped = [](const std::optional<TableStatement>& statement,
                              const std::string& name) {
    bool dropped = false;
    for_each_clause<DropIndex>(*statement, [&](const DropIndex& index, const Clause&) {
      dropped = dropped || same_name(index.name, name);
    });
    return dropped;
  };
  const bool same_table = view.previous_table && view.previous_table->name() == table;
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& added, const Clause& clause) {
    const std::string& name = added.index.name;
    if (name.empty() || name == "PRIMARY") return;
    if (!was_dropped(view.table, name) && !(same_table && was_dropped(view.previous_table, name)))
      return;
    remarks.push_back(
        {clause.offset,
         fmt::format("index {} of {} is dropped and added under the same name", name, table),
         "add the new one under another name, and drop the old one behind it"});
  });
  return remarks;
}

}  // namespace

Rule index_recreated() {
  return {"index-recreated", Severity::warning,
          "An index that goes and comes back under one name is another one from then on, and in "
          "between, or while it is built, queries have none. Whoever looks at the name cannot "
          "tell which of both is there.",
          check};
}

}  // namespace migrate::core::lint
