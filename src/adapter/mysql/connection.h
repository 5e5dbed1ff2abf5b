#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <mysql.h>

#include "core/connection.h"
#include "core/fault.h"
#include "core/packet.h"
#include "port/session.h"

namespace migrate::mysql {

/// A row of text; nothing where the value is NULL.
using Row = std::vector<std::optional<std::string>>;

/// A row's values by the names of their columns, as the server spells them.
using NamedRow = std::map<std::string, std::optional<std::string>, std::less<>>;

/// A row as the client library holds it: valid until the next one is read.
class RowView {
 public:
  RowView(MYSQL_ROW values, const unsigned long* lengths, unsigned columns,
          const MYSQL_FIELD* fields)
      : values_(values), lengths_(lengths), columns_(columns), fields_(fields) {}

  bool is_null(unsigned column) const { return values_[column] == nullptr; }
  /// Empty where the value is NULL.
  std::string_view operator[](unsigned column) const {
    return is_null(column) ? std::string_view{}
                           : std::string_view(values_[column], lengths_[column]);
  }
  std::optional<std::string_view> value(unsigned column) const {
    if (is_null(column)) return std::nullopt;
    return (*this)[column];
  }
  unsigned columns() const { return columns_; }
  Row copy() const;
  NamedRow named_copy() const;

 private:
  MYSQL_ROW values_;
  const unsigned long* lengths_;
  unsigned columns_;
  const MYSQL_FIELD* fields_;
};

/// What became of one statement of a query.
struct StatementOutcome {
  std::optional<core::ServerError> error;
  bool lost = false;  ///< the connection broke; `error` says how
  std::uint64_t affected_rows = 0;
  std::uint64_t warnings = 0;
  bool in_transaction = false;
  bool session_changed = false;
};

/// One connection of the client library. Not thread-safe. Queries are sent as they are; nothing is
/// escaped here.
class Connection {
 public:
  /// Throws Fault(unavailable) with the library's words.
  explicit Connection(const core::ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs one or more statements. Calls `on_outcome` after each; rows go to `on_row`, or nowhere.
  /// Returns after the last statement, or after the first with an error. Results beyond those of a
  /// statement's own (CALL) count as outcomes too.
  void query(std::string_view sql, const std::function<void(const StatementOutcome&)>& on_outcome,
             const std::function<void(const RowView&)>& on_row = nullptr);

  /// Runs one statement and calls `on_row` for each of its rows. Throws as rows().
  void each_row(std::string_view sql, const std::function<void(const RowView&)>& on_row);

  /// Runs one statement and returns its rows. Throws ServerRefused, or Fault(unavailable) when the
  /// connection is lost.
  std::vector<Row> rows(std::string_view sql);

  /// The same, for a SHOW whose columns are others in other versions.
  std::vector<NamedRow> named_rows(std::string_view sql);

  /// COM_RESET_CONNECTION. Throws Fault(unavailable) when the connection is lost.
  void reset();

  /// https://dev.mysql.com/doc/c-api/en/mysql-set-server-option.html; costs a round trip only when
  /// it changes.
  void set_multi_statements(bool on);

  void set_local_infile(port::LocalInfile allowed);

  /// Throws Fault(unavailable) with the library's words for what broke the connection.
  [[noreturn]] void throw_lost() const;

 private:
  struct Close {
    void operator()(MYSQL* handle) const { mysql_close(handle); }
  };
  StatementOutcome outcome_of_error() const;
  void discard_or_pass_rows(const std::function<void(const RowView&)>& on_row);

  std::unique_ptr<MYSQL, Close> handle_;
  bool multi_statements_ = true;
};

/// A statement of migrate's own that the server refused; a Fault(statement_failed) that also
/// carries the server's code.
class ServerRefused : public core::Fault {
 public:
  ServerRefused(core::ServerError error, std::string_view statement);
  unsigned server_code() const { return error_.code; }
  /// For want of a privilege: on a schema, a table, a column, or on the server.
  bool is_denial() const;
  /// What the server said, without the statement.
  std::string server_words() const;

 private:
  core::ServerError error_;
};

}  // namespace migrate::mysql
