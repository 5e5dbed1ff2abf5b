#include "zero_dates.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <optional>
#include <string_view>

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {
namespace {

using core::schema::Column;
using core::schema::Index;
using core::schema::Table;

constexpr std::size_t most_bytes = 262144;

/// A SELECT of one row: for each column, whether a row holds one.
struct Question {
  const Table* table;
  std::vector<const Column*> columns;
  std::string sql;
};

bool may_hold_zero(const Column& column) {
  const bool date = column.data_type == "date" || column.data_type == "datetime" ||
                    column.data_type == "timestamp";
  return date && column.generated == core::schema::Generated::no;
}

bool is_indexed(const Table& table, const Column& column) {
  return std::ranges::any_of(table.indexes, [&column](const Index& index) {
    const bool ordered = index.kind == core::schema::IndexKind::btree && index.visible;
    return ordered && !index.parts.empty() && index.parts.front().column == column.name;
  });
}

/// Numbers are compared: the text is no date that this session may write.
std::string is_zero(const Column& column) {
  return identifier(column.name) + " = 0";
}

std::vector<Question> questions_of(const Table& table) {
  Question by_index{&table, {}, {}};
  Question by_reading{&table, {}, {}};
  for (const Column& column : table.columns) {
    if (!may_hold_zero(column)) continue;
    const bool indexed = is_indexed(table, column);
    Question& question = indexed ? by_index : by_reading;
    question.columns.push_back(&column);
    question.sql += question.sql.empty() ? "SELECT " : ", ";
    question.sql += indexed ? fmt::format("EXISTS (SELECT 1 FROM {} WHERE {})",
                                          identifier(table.name), is_zero(column))
                            : fmt::format("MAX({})", is_zero(column));
  }
  if (!by_reading.sql.empty()) by_reading.sql += " FROM " + identifier(table.name);
  std::vector<Question> questions;
  for (Question& question : {std::ref(by_index), std::ref(by_reading)}) {
    if (!question.columns.empty()) questions.push_back(std::move(question));
  }
  return questions;
}

double in_seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

/// https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html#sysvar_max_execution_time,
/// in milliseconds; https://mariadb.com/kb/en/server-system-variables/#max_statement_time, in
/// seconds. Each server takes the other's for a comment.
std::string limit_of(std::chrono::milliseconds time) {
  return fmt::format(
      "SET SESSION /*M! max_statement_time = {} *//*!50708 max_execution_time = {} */",
      in_seconds(time), time.count());
}

bool means_too_long(unsigned code) {
  constexpr unsigned of_mysql = 3024;    // ER_QUERY_TIMEOUT
  constexpr unsigned of_mariadb = 1969;  // ER_STATEMENT_TIMEOUT
  return code == of_mysql || code == of_mariadb;
}

class Asking {
 public:
  Asking(Connection& connection, std::chrono::milliseconds patience)
      : connection_(connection), patience_(patience) {}

  /// Many in a packet; where one is refused, on behind it.
  ZeroDatesTold ask(const std::vector<Question>& questions) {
    for (std::size_t first = 0; first < questions.size();) {
      std::string sql;
      std::size_t end = first;
      for (; end < questions.size() && sql.size() < most_bytes; ++end)
        sql += (sql.empty() ? "" : ";") + questions[end].sql;
      std::size_t at = first;
      std::optional<core::ServerError> refused;
      connection_.query(
          sql,
          [&](const StatementOutcome& outcome) {
            if (outcome.lost) connection_.throw_lost();
            if (outcome.error) refused = *outcome.error;
            if (!outcome.error) ++at;
          },
          [&](const RowView& row) { take(questions[at], row.copy()); });
      first = end;
      if (!refused) continue;
      leave(questions[at], *refused);
      first = at + 1;
    }
    return std::move(told_);
  }

 private:
  void take(const Question& question, const Row& row) {
    for (std::size_t i = 0; i < question.columns.size(); ++i) {
      if (row.at(i) == "1")
        told_.found.push_back({question.table->name, question.columns[i]->name});
    }
  }

  void leave(const Question& question, const core::ServerError& refused) {
    const std::string why =
        means_too_long(refused.code)
            ? fmt::format("its rows could not all be read within {} s", in_seconds(patience_))
            : refused.message;
    // Of a table that was asked twice, once.
    std::string line = fmt::format("the dates in {}: {}", question.table->name, why);
    if (told_.unseen.empty() || told_.unseen.back() != line)
      told_.unseen.push_back(std::move(line));
  }

  Connection& connection_;
  std::chrono::milliseconds patience_;
  ZeroDatesTold told_;
};

}  // namespace

ZeroDatesTold read_zero_dates(Connection& connection, const core::schema::Schema& schema,
                              std::chrono::milliseconds patience) {
  std::vector<Question> questions;
  for (const Table& table : schema.tables)
    std::ranges::move(questions_of(table), std::back_inserter(questions));
  if (questions.empty()) return {};
  connection.rows(limit_of(patience));
  ZeroDatesTold told = Asking(connection, patience).ask(questions);
  connection.rows(limit_of(std::chrono::milliseconds(0)));
  return told;
}

}  // namespace migrate::mysql
