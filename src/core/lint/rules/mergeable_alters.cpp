#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

/// Foreign keys have rules of their own about what may stand beside them, nothing may beside
/// partitions, and a rename changes what the next statement names.
bool stands_alone(const TableStatement& statement) {
  return std::ranges::any_of(statement.clauses, [](const Clause& clause) {
    return std::holds_alternative<AddForeignKey>(clause.what) ||
           std::holds_alternative<DropForeignKey>(clause.what) ||
           std::holds_alternative<RenameTable>(clause.what) ||
           std::holds_alternative<ChangePartitions>(clause.what) ||
           std::holds_alternative<LosePartition>(clause.what);
  });
}

std::vector<Remark> check(const StatementView& view) {
  if (!view.table || !view.previous_table) return {};
  const TableStatement& now = *view.table;
  const TableStatement& before = *view.previous_table;
  if (now.creates() || before.creates() || now.name() != before.name()) return {};
  if (stands_alone(now) || stands_alone(before) || view.is_new(now.name())) return {};
  if (now.option("ALGORITHM") != before.option("ALGORITHM")) return {};
  return {{0, fmt::format("{} was altered by the statement in front of this one too", now.name()),
           "say both in one ALTER TABLE"}};
}

}  // namespace

Rule mergeable_alters() {
  return {"mergeable-alters", Severity::notice,
          "Each ALTER may copy the table again. In one statement it is copied once, and there "
          "is no state in between.",
          check};
}

}  // namespace migrate::core::lint
