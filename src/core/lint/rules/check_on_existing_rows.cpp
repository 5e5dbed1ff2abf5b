#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return remarks;
  const std::string table = view.table->name();
  for_each_clause<AddCheck>(*view.table, [&](const AddCheck&, const Clause& clause) {
    remarks.push_back(
        {clause.offset, fmt::format("every row of {} is checked{}", table, view.rows_of(table)),
         "look for rows that break the rule first; run it when few write to the table"});
  });
  return remarks;
}

}  // namespace

Rule check_on_existing_rows() {
  return {"check-on-existing-rows", Severity::warning,
          "Every row is checked, on MySQL by a copy of the table, and one that breaks the rule "
          "stops the step.",
          check};
}

}  // namespace migrate::core::lint
