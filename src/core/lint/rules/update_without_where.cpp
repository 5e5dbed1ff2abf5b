#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  const DataStatement& data = view.data;
  if (data.verb != DataStatement::Verb::update || data.is_qualified) return {};
  if (view.is_new(full_name(data.target))) return {};
  return {{0,
           fmt::format("UPDATE of every row of {}{}", full_name(data.target),
                       view.rows_of(full_name(data.target))),
           "say which rows with a WHERE; in batches where there are many"}};
}

}  // namespace

Rule update_without_where() {
  return {"update-without-where", Severity::error,
          "Every row of the table is changed in one transaction: what was there before is lost, "
          "and others wait for the locks.",
          check};
}

}  // namespace migrate::core::lint
