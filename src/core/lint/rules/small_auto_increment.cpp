#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause& clause) {
    if (!column.is_auto_increment || column.type.name == "BIGINT") return;
    if (std::holds_alternative<ChangeColumn>(clause.what) && view.up != nullptr) return;
    remarks.push_back(
        {column.type_offset,
         fmt::format("{}.{} counts in {}", view.table->name(), column.name, column.type.name),
         "use BIGINT UNSIGNED"});
  });
  return remarks;
}

}  // namespace

Rule small_auto_increment() {
  return {"small-auto-increment", Severity::notice,
          "The numbers of an AUTO_INCREMENT column run out, at 2,147,483,647 with INT, and then "
          "every INSERT fails; making it larger copies the table and all that refer to it.",
          check};
}

}  // namespace migrate::core::lint
