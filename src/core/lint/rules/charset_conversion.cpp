#include <fmt/format.h>

#include "core/online.h"
#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.is_new(view.table->name())) return remarks;
  if (accepts_a_copy(view.before.directives)) return remarks;
  for_each_clause<ConvertCharset>(
      *view.table, [&](const ConvertCharset& convert, const Clause& clause) {
        remarks.push_back({clause.offset,
                           fmt::format("{} is converted to {}{}", view.table->name(),
                                       convert.charset, view.rows_of(view.table->name())),
                           "run it when few write to the table, and say -- migrate: online=copy"});
      });
  return remarks;
}

}  // namespace

Rule charset_conversion() {
  return {"charset-conversion", Severity::warning,
          "The whole table is copied while writes wait, indexes may become too long, and values "
          "that were different may become equal under the new collation. A header `-- migrate: "
          "online=copy` says that a copy is accepted.",
          check};
}

}  // namespace migrate::core::lint
