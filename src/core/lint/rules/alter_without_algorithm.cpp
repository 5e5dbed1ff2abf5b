#include <algorithm>

#include <fmt/format.h>

#include "core/online.h"
#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

bool only_renames(const TableStatement& statement) {
  return std::ranges::all_of(statement.clauses, [](const Clause& clause) {
    return std::holds_alternative<RenameTable>(clause.what);
  });
}

std::vector<Remark> check(const StatementView& view) {
  if (!view.table || view.table->creates() || view.is_new(view.table->name())) return {};
  if (accepts_a_copy(view.before.directives) || only_renames(*view.table)) return {};
  const std::string algorithm = to_upper(view.table->option("ALGORITHM").value_or("DEFAULT"));
  const std::string table = view.table->name();
  if (algorithm == "DEFAULT") {
    return {
        {0,
         fmt::format("the way in which {} is altered is left to the server{}", table,
                     view.rows_of(table)),
         "say ALGORITHM=INSTANT, or ALGORITHM=INPLACE, LOCK=NONE; or, where a copy is accepted, "
         "-- migrate: online=copy in the header"}};
  }
  // Beside INSTANT MySQL takes no LOCK but DEFAULT; a COPY blocks writes whatever is said.
  if (algorithm == "INSTANT" || algorithm == "COPY" || view.table->option("LOCK")) return {};
  return {{0,
           fmt::format("ALGORITHM={} without LOCK: writes to {} may wait{}", algorithm, table,
                       view.rows_of(table)),
           "say LOCK=NONE, or which lock is accepted"}};
}

}  // namespace

Rule alter_without_algorithm() {
  return {"alter-without-algorithm", Severity::warning,
          "Without ALGORITHM and LOCK the server silently takes the way that is possible, which "
          "may copy the table and block every write. Said, it refuses instead, at once. A "
          "header `-- migrate: online=copy` says that a copy is accepted.",
          check};
}

}  // namespace migrate::core::lint
