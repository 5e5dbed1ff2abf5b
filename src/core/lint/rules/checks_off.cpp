#include <fmt/format.h>

#include "lint/rules.h"
#include "set_statement.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  TokenCursor cursor(view.statement.text, {});
  std::vector<Remark> remarks;
  if (!cursor.take("SET")) return remarks;
  for_each_assignment(cursor, [&](const Assignment& assignment, TokenCursor value) {
    if (assignment.target != Assignment::Target::variable) return;
    const std::string text = to_upper(value.take_text());
    const bool check = assignment.name == "FOREIGN_KEY_CHECKS" ||
                       assignment.name == "UNIQUE_CHECKS" ||
                       assignment.name == "CHECK_CONSTRAINT_CHECKS";
    const bool off = text == "0" || text == "OFF" || text == "FALSE";
    const bool lax = assignment.name == "SQL_MODE" && text.find("STRICT") == std::string::npos &&
                     text.find("TRADITIONAL") == std::string::npos && text != "@";
    if (!(check && off) && !lax) return;
    remarks.push_back({0,
                       lax ? std::string("strict mode is switched off")
                           : fmt::format("{} is switched off", to_lower(assignment.name)),
                       "leave it on: order the statements so that each is right by itself"});
  });
  return remarks;
}

}  // namespace

Rule checks_off() {
  return {"checks-off", Severity::warning,
          "With checks off rows get in that no check ever looks at again, on this server and on "
          "its replicas.",
          check};
}

}  // namespace migrate::core::lint
