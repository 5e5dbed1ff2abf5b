#include "session.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include <fmt/format.h>

#include "adapter/mysql/server.h"
#include "blockers.h"
#include "core/fault.h"
#include "history_tables.h"
#include "literal.h"
#include "packet_text.h"
#include "session_settings.h"
#include "session_values_sql.h"
#include "work.h"

namespace migrate::mysql {
namespace {

std::uint64_t number(const std::string& text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// In the round trip that sets the session up.
core::ServerInfo set_up(Connection& connection, const std::string& schema) {
  const Row row = connection
                      .rows(std::string(session_settings) +
                            "; SELECT VERSION(), CURRENT_USER(), @@max_allowed_packet, "
                            "CONNECTION_ID()")
                      .at(0);
  const std::string version = row[0].value();
  return {.family = version.find("MariaDB") != std::string::npos ? core::ServerFamily::mariadb
                                                                 : core::ServerFamily::mysql,
          .version = version,
          .account = row[1].value(),
          .schema = schema,
          .connection_id = number(row[3].value()),
          .max_allowed_packet = number(row[2].value())};
}

}  // namespace

MysqlSession::MysqlSession(const core::ConnectionOptions& options, core::RunIdentity identity)
    : connection_(options),
      identity_(std::move(identity)),
      info_(set_up(connection_, options.schema)),
      history_(connection_, options.schema, identity_.tool_version),
      schema_(connection_, info_.family, options.schema),
      binary_log_(connection_) {}

core::PacketOutcome MysqlSession::run(
    const core::Packet& packet, const std::function<void(const core::ItemResult&)>& on_result) {
  using End = core::PacketOutcome::End;
  using Clock = std::chrono::steady_clock;
  const PacketText text = packet_text(packet, identity_, info_);
  core::PacketOutcome outcome;
  core::ItemResult result;
  std::size_t answered = 0;
  auto since = Clock::now();

  connection_.set_multi_statements(!text.alone);
  connection_.query(text.sql, [&](const StatementOutcome& statement) {
    // What a lone CALL returns beyond its first result still belongs to it.
    const std::size_t item = text.item_of[std::min(answered, text.item_of.size() - 1)];
    if (answered >= text.item_of.size() && !text.alone) {
      throw core::Fault(core::ExitCode::internal,
                        fmt::format("the server saw more statements than the {} that were sent: {}",
                                    text.item_of.size(), text.sql.substr(0, 400)));
    }
    ++answered;
    if (statement.error) {
      outcome.end = statement.lost ? End::lost : End::failed;
      outcome.failed_item = item;
      outcome.error = *statement.error;
      result.error = statement.error;
    }
    result.item = item;
    result.affected_rows += statement.affected_rows;
    result.warnings += statement.warnings;
    result.in_transaction = statement.in_transaction;
    result.session_changed = result.session_changed || statement.session_changed;
    const bool item_ends =
        statement.error ||
        (!text.alone && (answered == text.item_of.size() || text.item_of[answered] != item));
    if (!item_ends) return;
    const auto now = Clock::now();
    result.duration_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(now - since).count());
    since = now;
    on_result(std::exchange(result, {}));
  });

  if (text.alone && outcome.end == End::complete) {
    result.duration_us = static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - since).count());
    on_result(result);
  }
  if (outcome.end == End::complete && answered < text.item_of.size()) {
    throw core::Fault(core::ExitCode::internal,
                      fmt::format("the server saw {} statements where {} were sent: {}", answered,
                                  text.item_of.size(), text.sql.substr(0, 400)));
  }
  return outcome;
}

std::uint64_t MysqlSession::packet_limit() const {
  // Room for the journal's writes that ride along.
  constexpr std::uint64_t room = 65536;
  return info_.max_allowed_packet > 2 * room ? info_.max_allowed_packet - room
                                             : info_.max_allowed_packet / 2;
}

void MysqlSession::reset() {
  connection_.reset();
  connection_.set_multi_statements(true);
  // COM_RESET_CONNECTION keeps the current schema; a step's USE must not outlive it.
  connection_.rows(fmt::format("{}; USE {}", session_settings, identifier(info_.schema)));
}

bool MysqlSession::lock(const std::string& name, std::chrono::seconds timeout) {
  return connection_.rows(fmt::format("SELECT GET_LOCK({}, {})", literal(name), timeout.count()))
             .at(0)
             .at(0) == "1";
}

std::optional<core::LockHolder> MysqlSession::lock_holder(const std::vector<std::string>& names) {
  std::string held;
  for (const std::string& name : names)
    held += fmt::format("{}IS_USED_LOCK({})", held.empty() ? "" : ", ", literal(name));
  const std::optional<std::string> id =
      connection_.rows(fmt::format("SELECT COALESCE({})", held)).at(0).at(0);
  if (!id) return std::nullopt;
  core::LockHolder holder{.connection_id = number(*id)};
  for (const Row& row : connection_.rows(fmt::format(
           "SELECT user, host FROM information_schema.processlist WHERE id = {}", *id))) {
    holder.user = row[0].value_or("");
    holder.host = row[1].value_or("");
  }
  try {
    for (const Row& row :
         connection_.rows(fmt::format("SELECT at, account, client FROM {}.{} WHERE connection_id = "
                                      "{} ORDER BY number DESC LIMIT 1",
                                      identifier(info_.schema), log_table, *id))) {
      holder.since = row[0].value_or("");
      if (holder.user.empty()) holder.user = row[1].value_or("");
      if (holder.host.empty()) holder.host = row[2].value_or("");
    }
  } catch (const ServerRefused&) {  // NOLINT(bugprone-empty-catch): there is no history yet; the
                                    // holder is about to create it
  }
  return holder;
}

bool MysqlSession::restarted_since(const std::string& at) {
  // In whole seconds.
  const auto uptime =
      connection_.rows("SHOW GLOBAL STATUS LIKE 'Uptime'").at(0).at(1).value_or("0");
  const std::string sql = fmt::format(
      "SELECT UTC_TIMESTAMP() - INTERVAL {} SECOND + INTERVAL 1 SECOND > "
      "CAST({} AS DATETIME(6))",
      uptime, literal(at));
  return connection_.rows(sql).at(0).at(0) == "1";
}

void MysqlSession::kill_query(std::uint64_t connection_id) {
  connection_.rows(fmt::format("KILL QUERY {}", connection_id));
}

void MysqlSession::kill_connection(std::uint64_t connection_id) {
  constexpr unsigned er_no_such_thread = 1094;
  try {
    connection_.rows(fmt::format("KILL {}", connection_id));
  } catch (const ServerRefused& refused) {
    if (refused.server_code() != er_no_such_thread) throw;
  }
}

std::vector<core::Blocker> MysqlSession::blockers(std::uint64_t waiter,
                                                  const std::vector<core::ObjectName>& tables) {
  return read_blockers(connection_, info_, waiter, tables);
}

std::optional<core::Activity> MysqlSession::activity(std::uint64_t connection_id) {
  const auto rows = connection_.rows(
      fmt::format("SELECT command, time, info FROM information_schema.processlist WHERE id = {}",
                  connection_id));
  if (rows.empty()) return std::nullopt;
  const Row& row = rows.front();
  core::Activity activity{.connection_id = connection_id,
                          .idle = row[0] == "Sleep",
                          .statement = row[2].value_or(""),
                          .age_s = number(row[1].value_or("0"))};
  if (activity.idle) return activity;
  if (const auto work = read_work(connection_, info_.family, connection_id))
    activity.progress = core::words_of(*work);
  return activity;
}

std::optional<std::string> MysqlSession::user_variable(const std::string& name) {
  return connection_.rows(fmt::format("SELECT @{}", identifier(name))).at(0).at(0);
}

void MysqlSession::restore(const core::SessionValues& values) {
  connection_.set_multi_statements(true);
  connection_.query(restore_sql(values), [](const StatementOutcome& outcome) {
    if (!outcome.error) return;
    // Not the statement: it would tell the value.
    throw core::Fault(
        outcome.lost ? core::ExitCode::unavailable : core::ExitCode::statement_failed,
        fmt::format("what the step's session held cannot be brought back: error {} ({}): {}",
                    outcome.error->code, outcome.error->sqlstate, outcome.error->message),
        "run again: migrate up");
  });
}

namespace {

class MysqlServer : public port::Server {
 public:
  MysqlServer(core::ConnectionOptions options, core::RunIdentity identity)
      : options_(std::move(options)), identity_(std::move(identity)) {}
  std::unique_ptr<port::Session> connect() override {
    return std::make_unique<MysqlSession>(options_, identity_);
  }

 private:
  core::ConnectionOptions options_;
  core::RunIdentity identity_;
};

}  // namespace

std::unique_ptr<port::Server> open_server(core::ConnectionOptions options,
                                          core::RunIdentity identity) {
  return std::make_unique<MysqlServer>(std::move(options), std::move(identity));
}

void create_schema(core::ConnectionOptions options) {
  const std::string schema = std::exchange(options.schema, {});
  Connection connection(options);
  // To create one that is there waits for whatever changes anything in it.
  for (const Row& there : connection.rows(
           fmt::format("SELECT schema_name FROM information_schema.schemata WHERE schema_name = {}",
                       literal(schema)))) {
    if (there[0] == schema) return;
  }
  connection.rows(fmt::format("CREATE DATABASE IF NOT EXISTS {}", identifier(schema)));
}

ClientLibrary::ClientLibrary() {
  if (mysql_library_init(0, nullptr, nullptr) != 0) {
    throw core::Fault(core::ExitCode::internal, "the MySQL client library cannot be initialised");
  }
}

ClientLibrary::~ClientLibrary() {
  mysql_library_end();
}

std::string ClientLibrary::description() {
#ifdef MARIADB_PACKAGE_VERSION
  return fmt::format("MariaDB Connector/C {}", MARIADB_PACKAGE_VERSION);
#else
  return fmt::format("MySQL libmysqlclient {}", mysql_get_client_info());
#endif
}

}  // namespace migrate::mysql
