#include "scratch_schema.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "adapter/mysql/server.h"
#include "core/schema/definition_text.h"
#include "core/schema/difference.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

std::string sql_of(const core::rehearsal::Value& value) {
  switch (value.kind) {
    case core::rehearsal::Value::Kind::null:
      return "NULL";
    case core::rehearsal::Value::Kind::plain:
      return value.text;
    case core::rehearsal::Value::Kind::text:
      return literal(value.text);
    case core::rehearsal::Value::Kind::bytes:
      break;
  }
  return fmt::format("x'{}'", hex_digits(value.text));
}

}  // namespace

OwnScratchSchema::OwnScratchSchema(const core::ConnectionOptions& options,
                                   core::RunIdentity identity)
    : name_(options.schema), facts_(options), server_(open_server(options, std::move(identity))) {}

OwnScratchSchema::~OwnScratchSchema() {
  try {
    facts_.connection().rows("DROP DATABASE IF EXISTS " + identifier(name_));
  } catch (...) {  // NOLINT(bugprone-empty-catch): the next rehearsal drops it
  }
}

void OwnScratchSchema::run(const std::string& sql) {
  Connection& connection = facts_.connection();
  connection.query(sql, [&](const StatementOutcome& outcome) {
    if (outcome.lost) connection.throw_lost();
    if (outcome.error) throw ServerRefused(*outcome.error, sql);
  });
}

void OwnScratchSchema::build(const core::schema::Schema& schema) {
  const core::schema::Schema empty{.family = schema.family,
                                   .name = name_,
                                   .charset = schema.charset,
                                   .collation = schema.collation};
  Connection& connection = facts_.connection();
  for (const core::schema::Repair& repair :
       core::schema::repair_script(core::schema::differences(schema, empty))) {
    const bool program = !repair.creation.collation.empty();
    if (program) run(core::schema::session_statement(repair.creation));
    // Whatever is in it, it is one statement.
    connection.set_multi_statements(!program);
    run(repair.sql);
    connection.set_multi_statements(true);
    if (program) run(std::string(session_settings));
  }
  // What they would do here is none of the rehearsal's business.
  for (const core::schema::Event& event : schema.events)
    run(fmt::format("ALTER EVENT {} DISABLE", identifier(event.name)));
}

std::uint64_t OwnScratchSchema::insert(const core::schema::Table& table,
                                       const core::rehearsal::MadeRows& rows) {
  constexpr std::size_t most = 200;
  // A trigger that asks for the time gets the same each time.
  run("SET SESSION timestamp = 1767225600");
  std::string head = fmt::format("INSERT IGNORE INTO {} (", identifier(table.name));
  for (std::size_t i = 0; i < rows.columns.size(); ++i)
    head += (i == 0 ? "" : ", ") + identifier(rows.columns[i]);
  head += ") VALUES ";
  std::uint64_t inserted = 0;
  for (std::size_t first = 0; first < rows.rows.size(); first += most) {
    const std::size_t end = std::min(first + most, rows.rows.size());
    std::string sql = head;
    for (std::size_t row = first; row < end; ++row) {
      sql += row == first ? "(" : ", (";
      for (std::size_t i = 0; i < rows.rows[row].size(); ++i)
        sql += (i == 0 ? "" : ", ") + sql_of(rows.rows[row][i]);
      sql += ")";
    }
    facts_.connection().query(sql, [&](const StatementOutcome& outcome) {
      if (outcome.lost) facts_.connection().throw_lost();
      if (outcome.error) throw ServerRefused(*outcome.error, head);
      inserted += outcome.affected_rows;
    });
  }
  run("SET SESSION timestamp = DEFAULT");
  return inserted;
}

}  // namespace migrate::mysql
