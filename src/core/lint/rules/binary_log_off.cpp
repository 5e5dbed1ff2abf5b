#include "lint/rules.h"
#include "set_statement.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  TokenCursor cursor(view.statement.text, {});
  std::vector<Remark> remarks;
  if (!cursor.take("SET")) return remarks;
  for_each_assignment(cursor, [&](const Assignment& assignment, TokenCursor value) {
    const std::string text = to_upper(value.take_text());
    if (assignment.name != "SQL_LOG_BIN" || (text != "0" && text != "OFF")) return;
    remarks.push_back({0, "the binary log is switched off",
                       "leave it on; run what is for one server only by hand, with exec"});
  });
  return remarks;
}

}  // namespace

Rule binary_log_off() {
  return {"binary-log-off", Severity::error,
          "Replicas never get what is written then, and a restore from the binary log lacks it.",
          check};
}

}  // namespace migrate::core::lint
