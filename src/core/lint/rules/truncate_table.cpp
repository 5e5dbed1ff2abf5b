#include <fmt/format.h>

#include "lint/rules.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  TokenCursor cursor(view.statement.text, {});
  if (!cursor.take("TRUNCATE") || view.change.objects.empty()) return remarks;
  const std::string table = full_name(view.change.objects.front().object);
  if (view.is_new(table)) return remarks;
  remarks.push_back({0, fmt::format("all rows of {} are taken away{}", table, view.rows_of(table)),
                     "delete the rows that are meant, with a WHERE, or rename the table away"});
  return remarks;
}

}  // namespace

Rule truncate_table() {
  return {"truncate-table", Severity::error,
          "All rows are gone at once, outside of any transaction, and the AUTO_INCREMENT "
          "counter starts again.",
          check};
}

}  // namespace migrate::core::lint
