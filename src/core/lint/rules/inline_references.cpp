#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    if (!column.references) return;
    remarks.push_back({*column.references,
                       fmt::format("REFERENCES behind column {}.{} is not a foreign key everywhere",
                                   view.table->name(), column.name),
                       "write CONSTRAINT name FOREIGN KEY (…) REFERENCES … on a line of its own"});
  });
  return remarks;
}

}  // namespace

Rule inline_references() {
  return {"inline-references", Severity::error,
          "MySQL before 9.0 reads REFERENCES behind a column and ignores it; MariaDB and newer "
          "ones make a foreign key of it. So the two are no longer the same schema.",
          check};
}

}  // namespace migrate::core::lint
