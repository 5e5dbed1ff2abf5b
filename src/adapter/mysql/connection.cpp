#include "connection.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include <errmsg.h>
#include <fmt/format.h>

#include "core/fault.h"
#include "tls.h"

namespace migrate::mysql {
namespace {

// What mysql_affected_rows() says after a SELECT.
constexpr std::uint64_t no_row_count = ~std::uint64_t{0};

// Server errors after which the connection is gone (mysqld_error.h of both families).
constexpr unsigned er_server_shutdown = 1053;
constexpr unsigned er_connection_killed = 1927;           // MariaDB
constexpr unsigned er_client_interaction_timeout = 4031;  // MySQL
constexpr unsigned er_session_was_killed = 3169;          // MySQL

bool means_lost(unsigned code) {
  constexpr std::array lost{static_cast<unsigned>(CR_SERVER_GONE_ERROR),
                            static_cast<unsigned>(CR_SERVER_LOST),
                            static_cast<unsigned>(CR_SERVER_LOST_EXTENDED),
                            static_cast<unsigned>(CR_MALFORMED_PACKET),
                            static_cast<unsigned>(CR_SSL_CONNECTION_ERROR),
                            er_server_shutdown,
                            er_connection_killed,
                            er_client_interaction_timeout,
                            er_session_was_killed};
  return std::ranges::find(lost, code) != lost.end();
}

/// Whether a variable, the schema or anything else that a reset brings back changed. MySQL sets the
/// flag also for a transaction's begin and end
/// (https://dev.mysql.com/doc/c-api/9.7/en/mysql-session-track-get-first.html).
bool session_changed(MYSQL* handle) {
  if ((handle->server_status & SERVER_SESSION_STATE_CHANGED) == 0) return false;
  constexpr std::array what{SESSION_TRACK_SYSTEM_VARIABLES, SESSION_TRACK_SCHEMA,
                            SESSION_TRACK_STATE_CHANGE};
  return std::ranges::any_of(what, [handle](enum_session_state_type type) {
    const char* data = nullptr;
    std::size_t length = 0;
    return mysql_session_track_get_first(handle, type, &data, &length) == 0;
  });
}

/// "user@host:port/schema" or with the socket's path; no password.
std::string describe(const core::ConnectionOptions& options) {
  if (!options.socket.empty())
    return fmt::format("{}@{}/{}", options.user, options.socket, options.schema);
  return fmt::format("{}@{}:{}/{}", options.user, options.host, options.port, options.schema);
}

// LOAD DATA LOCAL is answered by these only when a step asked for it, whatever the server requests.
int refuse_local_infile(void** state, const char*, void*) {
  *state = nullptr;
  return 1;
}
int read_nothing(void*, char*, unsigned) {
  return -1;
}
void end_nothing(void*) {}
int explain_refusal(void*, char* message, unsigned length) {
  std::strncpy(message,
               "LOAD DATA LOCAL INFILE is off; a step asks for it with: -- migrate: local_infile",
               length - 1);
  return CR_UNKNOWN_ERROR;
}

}  // namespace

ServerRefused::ServerRefused(core::ServerError error, std::string_view statement)
    : Fault(core::ExitCode::statement_failed,
            fmt::format("the server refused a statement of migrate's own: error {} ({}): {}\n  {}",
                        error.code, error.sqlstate, error.message, statement.substr(0, 400))),
      error_(std::move(error)) {}

Row RowView::copy() const {
  Row row(columns_);
  for (unsigned i = 0; i < columns_; ++i) {
    if (!is_null(i)) row[i].emplace((*this)[i]);
  }
  return row;
}

NamedRow RowView::named_copy() const {
  NamedRow row;
  for (unsigned i = 0; i < columns_; ++i) {
    std::optional<std::string> value;
    if (!is_null(i)) value.emplace((*this)[i]);
    row.insert_or_assign(fields_[i].name, std::move(value));
  }
  return row;
}

Connection::Connection(const core::ConnectionOptions& options) {
  const auto attempt = [&](core::TlsMode mode) {
    handle_.reset(mysql_init(nullptr));
    const auto timeout = static_cast<unsigned>(options.connect_timeout.count());
    mysql_options(handle_.get(), MYSQL_OPT_CONNECT_TIMEOUT, &timeout);
    const auto answer_timeout = static_cast<unsigned>(options.answer_timeout.count());
    if (answer_timeout > 0) mysql_options(handle_.get(), MYSQL_OPT_READ_TIMEOUT, &answer_timeout);
    mysql_options(handle_.get(), MYSQL_SET_CHARSET_NAME, "utf8mb4");
    const unsigned local_infile = 1;
    mysql_options(handle_.get(), MYSQL_OPT_LOCAL_INFILE, &local_infile);
    apply_tls(*handle_, options.tls, mode);
    set_local_infile(port::LocalInfile::refused);
    const bool by_socket = !options.socket.empty();
    return mysql_real_connect(handle_.get(), by_socket ? nullptr : options.host.c_str(),
                              options.user.c_str(), options.password.c_str(),
                              options.schema.empty() ? nullptr : options.schema.c_str(),
                              options.port, by_socket ? options.socket.c_str() : nullptr,
                              CLIENT_MULTI_STATEMENTS) != nullptr;
  };
  for (const core::TlsMode mode : tls_attempts(options)) {
    if (attempt(mode)) return;
    if (mysql_errno(handle_.get()) != CR_SSL_CONNECTION_ERROR) break;
  }
  throw core::Fault(core::ExitCode::unavailable,
                    fmt::format("cannot connect to {}: {} (error {})", describe(options),
                                mysql_error(handle_.get()), mysql_errno(handle_.get())),
                    "see what migrate uses to connect with: migrate config");
}

StatementOutcome Connection::outcome_of_error() const {
  MYSQL* handle = handle_.get();
  const unsigned code = mysql_errno(handle);
  return {.error =
              core::ServerError{
                  .code = code, .sqlstate = mysql_sqlstate(handle), .message = mysql_error(handle)},
          .lost = means_lost(code)};
}

void Connection::throw_lost() const {
  throw core::Fault(
      core::ExitCode::unavailable,
      fmt::format("the connection to the server was lost: {}", mysql_error(handle_.get())));
}

void Connection::discard_or_pass_rows(const std::function<void(const RowView&)>& on_row) {
  MYSQL* handle = handle_.get();
  const std::unique_ptr<MYSQL_RES, decltype(&mysql_free_result)> result(mysql_use_result(handle),
                                                                        &mysql_free_result);
  if (!result) return;
  const unsigned columns = mysql_num_fields(result.get());
  const MYSQL_FIELD* const fields = mysql_fetch_fields(result.get());
  while (MYSQL_ROW row = mysql_fetch_row(result.get())) {
    if (on_row) on_row(RowView(row, mysql_fetch_lengths(result.get()), columns, fields));
  }
}

void Connection::query(std::string_view sql,
                       const std::function<void(const StatementOutcome&)>& on_outcome,
                       const std::function<void(const RowView&)>& on_row) {
  MYSQL* handle = handle_.get();
  if (mysql_real_query(handle, sql.data(), static_cast<unsigned long>(sql.size())) != 0) {
    return on_outcome(outcome_of_error());
  }
  for (;;) {
    discard_or_pass_rows(on_row);
    if (mysql_errno(handle) != 0) return on_outcome(outcome_of_error());
    const std::uint64_t affected = mysql_affected_rows(handle);
    on_outcome({.affected_rows = affected == no_row_count ? 0 : affected,
                .warnings = mysql_warning_count(handle),
                .in_transaction = (handle->server_status & SERVER_STATUS_IN_TRANS) != 0,
                .session_changed = session_changed(handle)});
    const int next = mysql_next_result(handle);
    if (next < 0) return;
    if (next > 0) return on_outcome(outcome_of_error());
  }
}

void Connection::each_row(std::string_view sql, const std::function<void(const RowView&)>& on_row) {
  query(
      sql,
      [&](const StatementOutcome& outcome) {
        if (outcome.lost) throw_lost();
        if (outcome.error) throw ServerRefused(*outcome.error, sql);
      },
      on_row);
}

std::vector<Row> Connection::rows(std::string_view sql) {
  std::vector<Row> rows;
  each_row(sql, [&](const RowView& row) { rows.push_back(row.copy()); });
  return rows;
}

std::vector<NamedRow> Connection::named_rows(std::string_view sql) {
  std::vector<NamedRow> rows;
  each_row(sql, [&](const RowView& row) { rows.push_back(row.named_copy()); });
  return rows;
}

void Connection::reset() {
  if (mysql_reset_connection(handle_.get()) != 0) throw_lost();
}

void Connection::set_multi_statements(bool on) {
  if (on == multi_statements_) return;
  const auto option = on ? MYSQL_OPTION_MULTI_STATEMENTS_ON : MYSQL_OPTION_MULTI_STATEMENTS_OFF;
  if (mysql_set_server_option(handle_.get(), option) != 0) throw_lost();
  multi_statements_ = on;
}

void Connection::set_local_infile(port::LocalInfile allowed) {
  if (allowed == port::LocalInfile::allowed) {
    mysql_set_local_infile_default(handle_.get());
  } else {
    mysql_set_local_infile_handler(handle_.get(), refuse_local_infile, read_nothing, end_nothing,
                                   explain_refusal, nullptr);
  }
}

bool ServerRefused::is_denial() const {
  constexpr std::array<unsigned, 4> denied{1044, 1142, 1143, 1227};
  return std::ranges::find(denied, error_.code) != denied.end();
}

std::string ServerRefused::server_words() const {
  const std::string words = what();  // behind its first line stands the statement
  return words.substr(0, words.find('\n'));
}

}  // namespace migrate::mysql
