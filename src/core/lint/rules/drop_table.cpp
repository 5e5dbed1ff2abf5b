#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  for (const auto& [object, change] : view.change.objects) {
    if (object.kind != ObjectKind::table || change != Change::dropped) continue;
    const std::string name = full_name(object);
    if (view.is_own_with_its_rows(key_of(object.kind, name))) continue;
    remarks.push_back({0,
                       fmt::format("table {} is dropped with its rows{}", name, view.rows_of(name)),
                       "rename it away first, and drop it in a later step when nobody missed it"});
  }
  if (view.table && view.table->replaces && !view.is_new(view.table->name())) {
    remarks.push_back(
        {0,
         fmt::format("OR REPLACE drops table {} with its rows, if it is there", view.table->name()),
         "use CREATE TABLE, or CREATE TABLE IF NOT EXISTS and ALTER TABLE"});
  }
  return remarks;
}

}  // namespace

Rule drop_table() {
  return {"drop-table", Severity::error,
          "The rows are gone with the table, and no down brings them back. Rename it away "
          "first, and drop it in a later step when nobody missed it.",
          check};
}

}  // namespace migrate::core::lint
