#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (!view.table || !view.table->creates() || view.table->is_temporary ||
      view.table->source != TableStatement::Source::select) {
    return {};
  }
  return {{0, fmt::format("table {} is made from a query", view.table->name()),
           "declare it with CREATE TABLE, and fill it with INSERT … SELECT"}};
}

}  // namespace

Rule create_table_select() {
  return {"create-table-select", Severity::warning,
          "The columns take types and defaults from a query and no key at all; group "
          "replication and GTID mode of older servers refuse it, and after a kill it cannot be "
          "told whether it is complete.",
          check};
}

}  // namespace migrate::core::lint
