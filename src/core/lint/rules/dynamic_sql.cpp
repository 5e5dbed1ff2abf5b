#include "lint/rules.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (TokenCursor cursor(view.statement.text, {}); !cursor.take("EXECUTE")) return {};
  return {{0, "what this runs is not in the file, so no rule looks at it",
           "write the statement itself where it can be"}};
}

}  // namespace

Rule dynamic_sql() {
  return {"dynamic-sql", Severity::notice,
          "What EXECUTE runs is known when it runs. No rule looks at it, nor at what a stored "
          "program does that is called.",
          check};
}

}  // namespace migrate::core::lint
