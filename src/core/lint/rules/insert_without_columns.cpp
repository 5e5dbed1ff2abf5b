#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  const DataStatement& data = view.data;
  if (data.verb != DataStatement::Verb::insert && data.verb != DataStatement::Verb::replace)
    return {};
  if (data.names_columns) return {};
  return {{0, fmt::format("INSERT into {} names no columns", full_name(data.target)),
           "name them: INSERT INTO t (a, b) …"}};
}

}  // namespace

Rule insert_without_columns() {
  return {"insert-without-columns", Severity::warning,
          "The values go to whatever columns the table has then: one that is added in between "
          "shifts or refuses them.",
          check};
}

}  // namespace migrate::core::lint
