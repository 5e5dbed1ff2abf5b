#include <array>

#include <fmt/format.h>

#include "keyword_set.h"
#include "lint/rules.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  static constexpr KeywordSet functions(std::array<std::string_view, 19>{
      "CURRENT_ROLE", "CURRENT_USER", "FOUND_ROWS", "GET_LOCK", "IS_FREE_LOCK", "IS_USED_LOCK",
      "LOAD_FILE", "MASTER_POS_WAIT", "RELEASE_LOCK", "ROW_COUNT", "SESSION_USER", "SLEEP",
      "SOURCE_POS_WAIT", "SYSDATE", "SYSTEM_USER", "USER", "UUID", "UUID_SHORT", "VERSION"});
  std::vector<Remark> remarks;
  const TokenCursor first(view.statement.text, {});
  if (!view.data.writes() && !copies_rows(view) && !first.at("DO")) return remarks;
  for (const FunctionCall& call : view.data.calls) {
    if (!functions.contains(call.name)) continue;
    remarks.push_back({call.offset,
                       fmt::format("{} is unsafe for statement-based replication", call.name),
                       "write the value itself"});
  }
  return remarks;
}

}  // namespace

Rule unsafe_for_replication() {
  return {"unsafe-for-replication", Severity::warning,
          "The server calls it unsafe for statement-based replication: a replica, or who "
          "restores from the binary log, may get other rows. Some of them block as well.",
          check};
}

}  // namespace migrate::core::lint
