#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  for_each_clause<LosePartition>(*view.table, [&](const LosePartition& lost, const Clause& clause) {
    remarks.push_back({clause.offset,
                       fmt::format("{} PARTITION {} of {} takes their rows away", lost.verb,
                                   lost.names, view.table->name()),
                       "EXCHANGE the partition with an empty table first, which keeps the rows"});
  });
  return remarks;
}

}  // namespace

Rule drop_partition() {
  return {"drop-partition", Severity::error,
          "The rows of the partition are gone, without a trace in the binary log of what they "
          "were.",
          check};
}

}  // namespace migrate::core::lint
