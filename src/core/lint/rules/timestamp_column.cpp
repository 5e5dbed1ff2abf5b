#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    if (column.type.name != "TIMESTAMP") return;
    remarks.push_back({column.type_offset,
                       fmt::format("{}.{} is a TIMESTAMP", view.table->name(), column.name),
                       "use DATETIME, and write it in UTC"});
  });
  return remarks;
}

}  // namespace

Rule timestamp_column() {
  return {"timestamp-column", Severity::notice,
          "TIMESTAMP ends on 19 January 2038 (on MySQL, and on MariaDB before 11.5), and what "
          "is read depends on the session's time zone.",
          check};
}

}  // namespace migrate::core::lint
