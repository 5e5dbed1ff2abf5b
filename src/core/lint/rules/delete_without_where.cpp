#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  const DataStatement& data = view.data;
  if (data.verb != DataStatement::Verb::remove || data.is_qualified) return {};
  if (view.is_new(full_name(data.target))) return {};
  return {{0,
           fmt::format("DELETE of every row of {}{}", full_name(data.target),
                       view.rows_of(full_name(data.target))),
           "say which rows with a WHERE; in batches where there are many"}};
}

}  // namespace

Rule delete_without_where() {
  return {"delete-without-where", Severity::error,
          "Every row of the table is deleted, one by one and in one transaction, which blocks "
          "others and fills the undo log.",
          check};
}

}  // namespace migrate::core::lint
