#include "binary_log.h"

#include <fmt/format.h>

#include "core/fault.h"
#include "literal.h"

namespace migrate::mysql {
namespace {

// Columns of SHOW BINARY LOG STATUS and of SHOW MASTER STATUS.
enum StatusColumn : std::size_t { file = 0, position = 1, do_db = 2, ignore_db = 3 };
constexpr std::size_t info_column = 5;  // of SHOW BINLOG EVENTS

}  // namespace

// https://dev.mysql.com/doc/refman/8.4/en/show-binary-log-status.html; before MySQL 8.2 and on
// MariaDB it is called SHOW MASTER STATUS.
core::LogPosition ServerBinaryLog::end() {
  try {
    if (connection_.rows("SELECT @@session.sql_log_bin").at(0).at(0) != "1") return {};
  } catch (const ServerRefused&) {
    return {};
  }
  for (const char* query : {"SHOW BINARY LOG STATUS", "SHOW MASTER STATUS"}) {
    try {
      const auto rows = connection_.rows(query);
      if (rows.empty()) return {};
      const Row& row = rows.front();
      const bool filtered =
          !row[do_db].value_or("").empty() || !row[ignore_db].value_or("").empty();
      if (filtered) return {};
      return {.file = row[file].value_or(""), .offset = std::stoull(row[position].value_or("0"))};
    } catch (const ServerRefused&) {  // NOLINT(bugprone-empty-catch): unknown to this server, or
                                      // not allowed to this account: the log is not readable
    }
  }
  return {};
}

port::BinaryLog::Found ServerBinaryLog::find(const core::LogPosition& since,
                                             const std::string& mark) {
  try {
    bool reached = false;
    bool found = false;
    for (const Row& log : connection_.rows("SHOW BINARY LOGS")) {
      const std::string name = log[0].value_or("");
      const bool first = name == since.file;
      reached = reached || first;
      if (!reached) continue;
      std::optional<core::ServerError> refused;
      connection_.query(
          fmt::format("SHOW BINLOG EVENTS IN {} FROM {}", literal(name), first ? since.offset : 4),
          [&](const StatementOutcome& outcome) { refused = outcome.error; },
          [&](const Row& event) {
            found =
                found || event[info_column].value_or("").find(mark + " */") != std::string::npos;
          });
      if (refused) return Found::unreadable;
      if (found) return Found::yes;
    }
    return reached ? Found::no : Found::unreadable;
  } catch (const ServerRefused&) {
    return Found::unreadable;
  }
}

}  // namespace migrate::mysql
