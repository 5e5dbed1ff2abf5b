#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    if (!column.default_text.starts_with("0000-00-00")) return;
    remarks.push_back({column.offset,
                       fmt::format("the default of {}.{} is '{}', which is no date",
                                   view.table->name(), column.name, column.default_text),
                       "let it be NULL, or DEFAULT CURRENT_TIMESTAMP"});
  });
  return remarks;
}

}  // namespace

Rule zero_date() {
  return {"zero-date", Severity::error,
          "'0000-00-00' is no date: the sql_mode that steps run under refuses it, and programs "
          "cannot read it.",
          check};
}

}  // namespace migrate::core::lint
