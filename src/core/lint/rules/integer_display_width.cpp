#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  static constexpr std::array<std::string_view, 5> integers{"TINYINT", "SMALLINT", "MEDIUMINT",
                                                            "INT", "BIGINT"};
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    const ColumnType& type = column.type;
    if (type.arguments.empty() || type.is_zerofill ||
        std::ranges::find(integers, type.name) == integers.end()) {
      return;
    }
    // Programs read TINYINT(1) as a boolean, and both servers keep it.
    if (type.name == "TINYINT" && type.arguments.front() == "1") return;
    remarks.push_back({column.type_offset,
                       fmt::format("{}({}) of {}.{} limits nothing", type.name,
                                   type.arguments.front(), view.table->name(), column.name),
                       fmt::format("write {}", type.name)});
  });
  return remarks;
}

}  // namespace

Rule integer_display_width() {
  return {"integer-display-width", Severity::notice,
          "The number behind INT is no limit; MySQL no longer keeps it, MariaDB does, so the "
          "same file shows two schemas.",
          check};
}

}  // namespace migrate::core::lint
