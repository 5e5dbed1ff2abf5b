#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_clause<Option>(*view.table, [&](const Option& option, const Clause& clause) {
    if (option.name != "ENGINE" || to_upper(option.value) == "INNODB") return;
    remarks.push_back({clause.offset,
                       fmt::format("table {} is in engine {}", view.table->name(), option.value),
                       "use InnoDB"});
  });
  return remarks;
}

}  // namespace

Rule engine_not_innodb() {
  return {"engine-not-innodb", Severity::error,
          "Other engines have no transactions or no crash recovery: what this program promises "
          "of a step does not hold there.",
          check};
}

}  // namespace migrate::core::lint
