#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (!view.table || !view.table->creates() || view.table->is_temporary ||
      view.table->source == TableStatement::Source::like) {
    return {};
  }
  bool found = false;
  for_each_clause<AddIndex>(*view.table, [&](const AddIndex& index, const Clause&) {
    found = found || index.index.name == "PRIMARY";
  });
  if (found) return {};
  return {{0, fmt::format("table {} has no primary key", view.table->name()),
           "add one: a column of the rows themselves, or id BIGINT UNSIGNED AUTO_INCREMENT"}};
}

}  // namespace

Rule missing_primary_key() {
  return {"missing-primary-key", Severity::error,
          "Without a primary key replicas search the table for every changed row, group "
          "replication refuses it, and online-change tools cannot copy it.",
          check};
}

}  // namespace migrate::core::lint
