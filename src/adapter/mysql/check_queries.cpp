#include <charconv>
#include <chrono>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include "adapter/mysql/checks.h"
#include "connection.h"
#include "core/fault.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

using std::chrono::seconds;

class CheckQueries : public port::CheckQueries {
 public:
  explicit CheckQueries(core::ConnectionOptions options) : options_(std::move(options)) {}

  Ground ground(const std::vector<std::string>& tables) override {
    std::string names = "NULL";
    for (const std::string& table : tables) names += ", " + literal(table);
    const std::string sql = fmt::format(
        "SELECT UTC_TIMESTAMP(), NULL UNION ALL SELECT NULL, table_name FROM "
        "information_schema.tables WHERE table_schema = DATABASE() AND table_name IN ({})",
        names);
    Ground ground;
    for (const Row& row : connected([&] { return connection_->rows(sql); })) {
      if (row.at(0)) ground.at = *row.at(0);
      if (row.at(1)) ground.tables.push_back(*row.at(1));
    }
    return ground;
  }

  core::check::Answer ask(const std::string& query, seconds limit) override {
    return connected([&] {
      set_limit(limit);
      return asked(query);
    });
  }

  std::uint64_t connection_id() override {
    return connected([this] { return connection_id_; });
  }

 private:
  /// What is asked once the connection is there; it is given up when that throws.
  template <class Asking>
  std::invoke_result_t<const Asking&> connected(const Asking& asking) {
    try {
      if (!connection_) connect();
      return asking();
    } catch (const core::Fault&) {
      connection_.reset();
      throw;
    }
  }

  void connect() {
    connection_.emplace(options_);
    // Each statement is a transaction of its own, and none of them may write. A text that the
    // splitter took for one statement is one for the server too.
    const std::string id = connection_
                               ->rows(fmt::format("{}; SET SESSION TRANSACTION READ ONLY; "
                                                  "SELECT CONNECTION_ID()",
                                                  session_settings))
                               .at(0)
                               .at(0)
                               .value_or("");
    std::from_chars(id.data(), id.data() + id.size(), connection_id_);
    connection_->set_multi_statements(false);
    limit_ = seconds(0);
  }

  /// Each family has its own name for it, and its own unit:
  /// https://dev.mysql.com/doc/refman/8.4/en/server-system-variables.html#sysvar_max_execution_time
  /// https://mariadb.com/kb/en/server-system-variables/#max_statement_time
  void set_limit(seconds limit) {
    if (limit == limit_) return;
    connection_->rows(fmt::format(
        "SET SESSION /*M! max_statement_time = {0} *//*!50708 max_execution_time = {0}000 */",
        limit.count()));
    limit_ = limit;
  }

  core::check::Answer asked(const std::string& query) {
    const auto started = std::chrono::steady_clock::now();
    core::check::Answer answer;
    connection_->query(
        query,
        [&](const StatementOutcome& outcome) {
          if (outcome.lost) connection_->throw_lost();
          if (outcome.error) answer.error = outcome.error;
        },
        [&](const RowView& row) {
          if (++answer.rows > 1) return;
          answer.columns = row.columns();
          if (row.columns() > 0 && !row.is_null(0)) answer.value.emplace(row[0]);
        });
    answer.duration_us =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(
                                       std::chrono::steady_clock::now() - started)
                                       .count());
    return answer;
  }

  core::ConnectionOptions options_;
  std::optional<Connection> connection_;
  std::uint64_t connection_id_ = 0;
  seconds limit_{0};
};

}  // namespace

std::unique_ptr<port::CheckQueries> open_check_queries(const core::ConnectionOptions& options) {
  return std::make_unique<CheckQueries>(options);
}

}  // namespace migrate::mysql
