#include "binary_log.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

#include "core/fault.h"
#include "literal.h"
#include "packet_text.h"

namespace migrate::mysql {
namespace {

constexpr unsigned er_parse_error = 1064;
constexpr std::uint64_t first_event = 4;  // behind the magic number

/// Whether it means that the log is not there for this account, or no more.
bool means_unreadable(unsigned code) {
  constexpr std::array codes{1220U,   // ER_ERROR_WHEN_EXECUTING_COMMAND: no such file or position
                             1227U,   // ER_SPECIFIC_ACCESS_DENIED_ERROR
                             1381U};  // ER_NO_BINARY_LOGGING
  return std::ranges::find(codes, code) != codes.end();
}

std::uint64_t number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

}  // namespace

/// File, position, and what it is filtered by; no row when the log is off.
std::vector<Row> ServerBinaryLog::status() {
  if (!older_words_) {
    try {
      return connection_.rows("SHOW BINARY LOG STATUS");
    } catch (const ServerRefused& refused) {
      if (refused.server_code() != er_parse_error) throw;
      older_words_ = true;  // MySQL 8.1 and older, MariaDB
    }
  }
  return connection_.rows("SHOW MASTER STATUS");
}

core::LogPosition ServerBinaryLog::end() {
  if (connection_.rows("SELECT @@SESSION.sql_log_bin").at(0).at(0) != "1") return {};
  try {
    const std::vector<Row> rows = status();
    if (rows.empty()) return {};
    const Row& row = rows.front();
    const bool filtered = !row.at(2).value_or("").empty() || !row.at(3).value_or("").empty();
    if (filtered) return {};
    return {.file = row.at(0).value_or(""), .offset = number(row.at(1))};
  } catch (const ServerRefused& refused) {
    if (means_unreadable(refused.server_code())) return {};
    throw;
  }
}

port::BinaryLog::Found ServerBinaryLog::find(const core::LogPosition& since,
                                             const std::string& mark) {
  const std::string comment = fmt::format("/* {} */", comment_text(mark));
  std::vector<Row> files;
  try {
    files = connection_.rows("SHOW BINARY LOGS");
  } catch (const ServerRefused& refused) {
    if (means_unreadable(refused.server_code())) return Found::unreadable;
    throw;
  }
  const auto first =
      std::ranges::find_if(files, [&](const Row& file) { return file.at(0) == since.file; });
  if (first == files.end() || number(first->at(1)) < since.offset) return Found::unreadable;
  for (auto file = first; file != files.end(); ++file) {
    const Found found =
        find_in_file(file->at(0).value(), file == first ? since.offset : first_event, comment);
    if (found != Found::no) return found;
  }
  return Found::no;
}

port::BinaryLog::Found ServerBinaryLog::find_in_file(const std::string& file, std::uint64_t offset,
                                                     const std::string& comment) {
  constexpr unsigned info = 5;
  const std::string sql = fmt::format("SHOW BINLOG EVENTS IN {} FROM {}", literal(file), offset);
  Found found = Found::no;
  connection_.query(
      sql,
      [&](const StatementOutcome& outcome) {
        if (!outcome.error) return;
        if (outcome.lost) {
          throw core::Fault(
              core::ExitCode::unavailable,
              fmt::format("the connection to the server was lost: {}", outcome.error->message));
        }
        if (!means_unreadable(outcome.error->code)) throw ServerRefused(*outcome.error, sql);
        if (found == Found::no) found = Found::unreadable;
      },
      [&](const RowView& row) {
        if (row[info].find(comment) != std::string_view::npos) found = Found::yes;
      });
  return found;
}

}  // namespace migrate::mysql
