#include <fmt/format.h>

#include "lint/rules.h"
#include "set_statement.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  TokenCursor cursor(view.statement.text, {});
  std::vector<Remark> remarks;
  if (!cursor.take("SET")) return remarks;
  for_each_assignment(cursor, [&](const Assignment& assignment, const TokenCursor&) {
    if (assignment.scope != Assignment::Scope::global || assignment.name.empty()) return;
    remarks.push_back({0, fmt::format("{} is set for the whole server", to_lower(assignment.name)),
                       "set it for the session, or leave it to whoever configures the server"});
  });
  return remarks;
}

}  // namespace

Rule set_global() {
  return {"set-global", Severity::error,
          "It changes the whole server for everybody, PERSIST beyond its restart, and no down "
          "knows what it was.",
          check};
}

}  // namespace migrate::core::lint
