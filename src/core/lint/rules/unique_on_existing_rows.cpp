#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

/// Over a column that is new and numbered by the server.
bool numbers_itself(const KnownIndex& index, const TableStatement& statement) {
  bool found = false;
  for_each_clause<AddColumn>(statement, [&](const AddColumn& added, const Clause&) {
    found = found || (added.column.is_auto_increment &&
                      std::ranges::any_of(index.columns, [&](const std::string& name) {
                        return same_name(name, added.column.name);
                      }));
  });
  return found;
}

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  const std::string table = view.table->name();
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& added, const Clause& clause) {
    const KnownIndex& index = added.index;
    if (!index.is_unique || index.columns.empty() || numbers_itself(index, *view.table)) return;
    const std::string columns = fmt::format("{}", fmt::join(index.columns, ", "));
    remarks.push_back(
        {clause.offset,
         fmt::format("{} ({}) becomes unique over the rows of {}",
                     index.name.empty() ? "a key" : index.name, columns, table),
         fmt::format("this must find nothing: SELECT {0} FROM {1} GROUP BY {0} HAVING COUNT(*) > 1",
                     columns, table)});
  });
  return remarks;
}

}  // namespace

Rule unique_on_existing_rows() {
  return {"unique-on-existing-rows", Severity::warning,
          "One duplicate among the rows that are there stops the step, as a rule on production "
          "and nowhere else.",
          check};
}

}  // namespace migrate::core::lint
