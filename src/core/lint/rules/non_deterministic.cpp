#include <array>

#include <fmt/format.h>

#include "keyword_set.h"
#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  static constexpr KeywordSet functions(
      std::array<std::string_view, 27>{"CONNECTION_ID", "CURDATE",
                                       "CURRENT_DATE",  "CURRENT_ROLE",
                                       "CURRENT_TIME",  "CURRENT_TIMESTAMP",
                                       "CURRENT_USER",  "CURTIME",
                                       "FOUND_ROWS",    "LAST_INSERT_ID",
                                       "LOCALTIME",     "LOCALTIMESTAMP",
                                       "NOW",           "RAND",
                                       "RANDOM_BYTES",  "SESSION_USER",
                                       "SYSDATE",       "SYSTEM_USER",
                                       "SYS_GUID",      "UNIX_TIMESTAMP",
                                       "USER",          "UTC_DATE",
                                       "UTC_TIME",      "UTC_TIMESTAMP",
                                       "UUID",          "UUID_SHORT",
                                       "VERSION"});
  std::vector<Remark> remarks;
  if (!view.data.writes() && !copies_rows(view)) return remarks;
  for (const FunctionCall& call : view.data.calls) {
    if (!functions.contains(call.name)) continue;
    // It reads what a statement in front wrote, which is the same each time.
    if (call.name == "LAST_INSERT_ID") continue;
    remarks.push_back({call.offset, fmt::format("{} gives another value on each run", call.name),
                       "write the value itself, or compute it from the rows"});
  }
  return remarks;
}

}  // namespace

Rule non_deterministic() {
  return {"non-deterministic", Severity::warning,
          "What is written depends on the moment or on the server, so two databases with the "
          "same steps hold different rows, and a step that is undone and applied again does "
          "too.",
          check};
}

}  // namespace migrate::core::lint
