#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  for_each_clause<AddColumn>(*view.table, [&](const AddColumn& added, const Clause& clause) {
    if (!added.column.is_auto_increment) return;
    remarks.push_back(
        {clause.offset,
         fmt::format("the rows of {} are numbered in no order that is told", view.table->name()),
         "nobody may rely on which row got which number; a table with a key of its "
         "own is safer filled by INSERT … SELECT … ORDER BY"});
  });
  return remarks;
}

}  // namespace

Rule auto_increment_added() {
  return {"auto-increment-added", Severity::warning,
          "The rows that are there are numbered in the order in which a server stores them, "
          "which may be another one on a replica; and the table is copied.",
          check};
}

}  // namespace migrate::core::lint
