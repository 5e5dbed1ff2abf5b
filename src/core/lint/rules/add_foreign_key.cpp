#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  const std::string table = view.table->name();
  for_each_clause<AddForeignKey>(*view.table, [&](const AddForeignKey& key, const Clause& clause) {
    // One that was taken away for a moment.
    const std::string name = to_lower(table + "." + key.name);
    const auto is_it = [&](const auto& dropped) { return dropped.first == name; };
    if (std::ranges::any_of(view.before.dropped_keys, is_it)) return;
    remarks.push_back(
        {clause.offset,
         fmt::format("foreign key {} checks every row of {} against {}", key.name, table,
                     full_name(key.parent)),
         "look for rows without a parent first; run it when few write to the tables"});
  });
  return remarks;
}

}  // namespace

Rule add_foreign_key() {
  return {"add-foreign-key", Severity::warning,
          "Every row is checked while writes to both tables wait, and one row without a parent "
          "stops the step.",
          check};
}

}  // namespace migrate::core::lint
