#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

/// By one that the same statement adds and that serves the same queries.
bool is_replaced(const KnownIndex& index, const TableStatement& statement) {
  bool replaced = false;
  for_each_clause<AddIndex>(statement, [&](const AddIndex& added, const Clause&) {
    replaced = replaced || begins_with(added.index.columns, index.columns);
  });
  return replaced;
}

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  const KnownTable* known = view.tables.find(table);
  for_each_clause<DropIndex>(*view.table, [&](const DropIndex& dropped, const Clause& clause) {
    if (dropped.name == "PRIMARY" || view.is_own(index_key(table, dropped.name))) return;
    const KnownIndex* index = known == nullptr ? nullptr : known->index(dropped.name);
    if (index != nullptr && is_replaced(*index, *view.table)) return;
    remarks.push_back({clause.offset, fmt::format("index {} of {} is dropped", dropped.name, table),
                       "make it INVISIBLE (MySQL) or IGNORED (MariaDB) first, and drop it when "
                       "nothing got slow"});
  });
  return remarks;
}

}  // namespace

Rule drop_index() {
  return {"drop-index", Severity::warning,
          "Queries that used the index read the whole table from that moment, and building it "
          "again takes long. Make it INVISIBLE (MySQL) or IGNORED (MariaDB) first, and see what "
          "happens.",
          check};
}

}  // namespace migrate::core::lint
