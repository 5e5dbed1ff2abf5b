#include "core/estimate/statement_work.h"

#include <string_view>
#include <utility>

#include "core/schema_change.h"
#include "lint/data_statement.h"
#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core::estimate {
namespace {

bool asks_for_instant(std::string_view text) {
  TokenCursor cursor(text, {});
  while (!cursor.at_end()) {
    if (!cursor.take("ALGORITHM")) {
      cursor.advance_over_group();
      continue;
    }
    cursor.take_mark('=');
    if (cursor.at("INSTANT")) return true;
  }
  return false;
}

StatementWork of_schema_statement(std::string_view text) {
  StatementWork result;
  const SchemaChange change = schema_change(text);
  for (const auto& [object, what] : change.objects) {
    const bool was_there = what != Change::created && what != Change::renamed_here;
    if (was_there && object.kind == ObjectKind::table) result.tables.push_back(object);
  }
  // What an EXECUTE runs is not in the text.
  const bool is_hidden = change.objects.empty() && !change.may_take_long;
  if (is_hidden) result.work = Work::rows;
  if (change.may_take_long) result.work = result.tables.empty() ? Work::rows : Work::table;
  if (result.work == Work::table && asks_for_instant(text)) result.work = Work::moment;
  return result;
}

StatementWork of_data_statement(std::string_view text) {
  using Verb = lint::DataStatement::Verb;
  if (TokenCursor cursor(text, {}); cursor.at("CALL")) return {.work = Work::rows};
  lint::DataStatement statement = lint::read_data_statement(text);
  const bool reads_values =
      (statement.verb == Verb::insert || statement.verb == Verb::replace) && !statement.selects;
  if (!statement.writes() || reads_values) return {};
  StatementWork result{.work = Work::rows};
  if (!statement.target.name.empty()) result.tables.push_back(std::move(statement.target));
  return result;
}

/// OPTIMIZE [NO_WRITE_TO_BINLOG | LOCAL] TABLE t [, u]…: InnoDB writes the table anew
/// (https://dev.mysql.com/doc/refman/9.7/en/optimize-table.html).
StatementWork of_neutral_statement(std::string_view text) {
  TokenCursor cursor(text, {});
  if (!cursor.take("OPTIMIZE")) return {};
  if (!cursor.take("NO_WRITE_TO_BINLOG")) cursor.take("LOCAL");
  StatementWork result;
  if (take_object_kind(cursor) != ObjectKind::table) return result;
  do {
    auto table = take_object_name(cursor, ObjectKind::table);
    if (table) result.tables.push_back(*std::move(table));
  } while (cursor.take_mark(','));
  if (!result.tables.empty()) result.work = Work::table;
  return result;
}

}  // namespace

StatementWork work_of(const Statement& statement) {
  const std::string_view text = text_that_runs(statement);
  switch (statement.effect) {
    case Effect::schema:
      return of_schema_statement(text);
    case Effect::data:
      return of_data_statement(text);
    case Effect::neutral:
      return of_neutral_statement(text);
    case Effect::session:
      break;
  }
  return {};
}

}  // namespace migrate::core::estimate
