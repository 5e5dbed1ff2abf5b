#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (view.data.ignores) {
    return {{0, fmt::format("IGNORE hides errors of rows of {}", full_name(view.data.target)),
             "leave IGNORE out, and say in a WHERE which rows are meant"}};
  }
  if (view.table && view.table->ignores) {
    return {
        {0,
         fmt::format("ALTER IGNORE deletes rows of {} that stand in its way", view.table->name()),
         "delete the duplicates yourself first, where it can be seen"}};
  }
  return {};
}

}  // namespace

Rule ignore_errors() {
  return {"ignore-errors", Severity::warning,
          "With IGNORE, what strict mode would refuse is cut, bent or left out, and nobody is "
          "told.",
          check};
}

}  // namespace migrate::core::lint
