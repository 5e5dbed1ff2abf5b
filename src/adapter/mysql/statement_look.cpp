#include "adapter/mysql/statement_look.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "blockers.h"
#include "core/estimate/statement_work.h"
#include "core/mark.h"
#include "late_connection.h"
#include "work.h"

namespace migrate::mysql {
namespace {

using core::estimate::StatementWork;

constexpr std::string_view let_see =
    "how far such a statement is, the server tells an account with SELECT on performance_schema.*, "
    "and this one has not";

/// The statements that switch on what is off, of what the manual asks for
/// (https://dev.mysql.com/doc/refman/8.4/en/monitor-alter-table-performance-schema.html).
constexpr std::string_view what_is_off =
    "SELECT DISTINCT 'UPDATE performance_schema.setup_instruments SET enabled = ''YES'' "
    "WHERE properties LIKE ''%progress%''' FROM performance_schema.setup_instruments "
    "WHERE enabled = 'NO' AND "
    "(name LIKE 'stage/innodb/alter table%' OR name = 'stage/sql/copy to tmp table') "
    "UNION ALL SELECT 'UPDATE performance_schema.setup_consumers SET enabled = ''YES'' "
    "WHERE name = ''events_stages_current''' FROM performance_schema.setup_consumers "
    "WHERE enabled = 'NO' AND name = 'events_stages_current'";

/// Whoever waits for that keeps the run's end waiting too.
constexpr std::chrono::seconds answer_timeout{10};

/// More than any names need; an INSERT may have megabytes.
constexpr int text_bytes = 8192;

/// https://dev.mysql.com/doc/refman/8.4/en/general-thread-states.html: "Waiting for table metadata
/// lock", "Waiting for backup lock", … (MariaDB has the same), and FLUSH TABLES.
bool is_lock_wait(std::string_view state) {
  return state.starts_with("Waiting for ") &&
         (state.ends_with(" lock") || state == "Waiting for table flush");
}

StatementWork work_of(const std::string& text) {
  core::Statement statement{.text = core::without_mark(text)};
  statement.effect = core::effect_of(statement.text);
  return core::estimate::work_of(statement);
}

class ServerStatementLook : public port::StatementLook {
 public:
  explicit ServerStatementLook(core::ConnectionOptions options) : connection_(std::move(options)) {}

  std::optional<port::RunningStatement> look(std::uint64_t connection_id) override {
    try {
      return look_at(connection_id);
    } catch (const core::Fault&) {
      connection_.close();
      throw;
    }
  }

 private:
  std::optional<port::RunningStatement> look_at(std::uint64_t connection_id) {
    Connection& connection = connection_.get();
    const auto rows = connection.rows(
        fmt::format("SELECT state, db, LEFT(info, {}) FROM information_schema.processlist "
                    "WHERE id = {} AND command <> 'Sleep'",
                    text_bytes, connection_id));
    if (rows.empty()) return std::nullopt;
    const Row& row = rows.front();
    const StatementWork text = work_of(row[2].value_or(""));
    port::RunningStatement statement{
        .work = read_work(connection, connection_.family(), connection_id),
        .waits_for_lock = is_lock_wait(row[0].value_or("")),
        .blockers = {},
        .hint = {}};
    if (statement.waits_for_lock) {
      const core::ServerInfo server{.family = connection_.family(), .schema = row[1].value_or("")};
      statement.blockers = read_blockers(connection, server, connection_id, text.tables);
    } else if (!statement.work && text.work == core::estimate::Work::table) {
      if (!hint_) hint_ = hint();
      statement.hint = *hint_;
    }
    return statement;
  }

  std::string hint() {
    if (connection_.family() == core::ServerFamily::mariadb) return {};
    try {
      std::string statements;
      for (const Row& row : connection_.get().rows(what_is_off))
        statements += (statements.empty() ? "" : "; ") + row[0].value_or("");
      if (statements.empty()) return {};
      return "how far such a statement is, the server tells when an administrator switches it "
             "on: " +
             statements;
    } catch (const ServerRefused& refused) {
      return std::string(refused.is_denial() ? let_see : "");
    }
  }

  LateConnection connection_;
  std::optional<std::string> hint_;  ///< once asked
};

/// In no schema: connecting to one waits for whoever waits to change that very schema, and so for
/// the statement that is to be looked at.
core::ConnectionOptions bystander(core::ConnectionOptions options) {
  options.schema.clear();
  options.answer_timeout = answer_timeout;
  return options;
}

}  // namespace

std::unique_ptr<port::StatementLook> open_statement_look(core::ConnectionOptions options) {
  return std::make_unique<ServerStatementLook>(bystander(std::move(options)));
}

}  // namespace migrate::mysql
