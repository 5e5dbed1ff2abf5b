#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  switch (view.statement.bracket) {
    case Bracket::locks_tables:
    case Bracket::freezes_tables:
    case Bracket::freezes_server:
      return {
          {0, "tables are locked for as long as the step runs",
           "leave it out: rows are locked as they are written, and a run locks out another one"}};
    default:
      return {};
  }
}

}  // namespace

Rule lock_tables() {
  return {"lock-tables", Severity::warning,
          "Everybody else waits for the tables until UNLOCK TABLES, also behind a statement "
          "that takes hours.",
          check};
}

}  // namespace migrate::core::lint
