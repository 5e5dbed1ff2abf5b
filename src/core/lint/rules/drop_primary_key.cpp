#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  bool added = false;
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& index, const Clause&) {
    added = added || index.index.name == "PRIMARY";
  });
  if (added || view.is_own(index_key(table, "PRIMARY"))) return remarks;
  for_each_clause<DropIndex>(*view.table, [&](const DropIndex& dropped, const Clause& clause) {
    if (dropped.name != "PRIMARY") return;
    remarks.push_back({clause.offset, fmt::format("{} loses its primary key", table),
                       "add the new key in the same statement: DROP PRIMARY KEY, ADD PRIMARY KEY"});
  });
  return remarks;
}

}  // namespace

Rule drop_primary_key() {
  return {"drop-primary-key", Severity::warning,
          "The table is rebuilt around a hidden key, replicas search it row by row, and group "
          "replication refuses it.",
          check};
}

}  // namespace migrate::core::lint
