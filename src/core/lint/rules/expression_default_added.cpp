#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  const std::string table = view.table->name();
  for_each_clause<AddColumn>(*view.table, [&](const AddColumn& added, const Clause& clause) {
    if (!added.column.default_is_expression) return;
    remarks.push_back({clause.offset,
                       fmt::format("the rows of {} get a computed value in {}{}", table,
                                   added.column.name, view.rows_of(table)),
                       "add the column without it, fill it, and set the default in a later step"});
  });
  return remarks;
}

}  // namespace

Rule expression_default_added() {
  return {"expression-default-added", Severity::warning,
          "The expression is computed for every row that is there, at the moment of the ALTER: "
          "the table is copied, and RAND(), UUID() and the like give another result on a "
          "replica.",
          check};
}

}  // namespace migrate::core::lint
