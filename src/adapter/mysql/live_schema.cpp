#include "live_schema.h"

#include <regex>
#include <vector>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema_change.h"
#include "definitions.h"
#include "history_tables.h"
#include "literal.h"
#include "partition_remnants.h"
#include "rehearsal.h"
#include "schema_reader.h"
#include "table_identities.h"
#include "table_shape.h"
#include "table_sizes.h"

namespace migrate::mysql {
namespace {

constexpr unsigned er_no_such_table = 1146;

core::ObjectKind kind_of(const std::string& type) {
  if (type == "VIEW") return core::ObjectKind::view;
  if (type == "SEQUENCE") return core::ObjectKind::sequence;
  if (type == "PROCEDURE") return core::ObjectKind::procedure;
  if (type == "FUNCTION") return core::ObjectKind::function;
  if (type == "PACKAGE") return core::ObjectKind::package;
  if (type == "EVENT") return core::ObjectKind::event;
  return core::ObjectKind::table;
}

std::string_view sql_kind(core::ObjectKind kind) {
  switch (kind) {
    case core::ObjectKind::view:
      return "VIEW";
    case core::ObjectKind::sequence:
      return "SEQUENCE";
    case core::ObjectKind::procedure:
      return "PROCEDURE";
    case core::ObjectKind::function:
      return "FUNCTION";
    case core::ObjectKind::package:
      return "PACKAGE";
    case core::ObjectKind::event:
      return "EVENT";
    case core::ObjectKind::trigger:
      return "TRIGGER";
    default:
      return "TABLE";
  }
}

}  // namespace

LiveSchema::LiveSchema(Connection& connection, core::ServerFamily family, std::string schema)
    : connection_(connection), family_(family), schema_(std::move(schema)) {}

std::vector<core::ObjectName> LiveSchema::objects() {
  const std::string schema = literal(schema_);
  std::vector<core::ObjectName> objects;
  // Views before tables: dropping a table under a view would leave an invalid one behind for a
  // moment.
  for (const Row& row : connection_.rows(fmt::format(
           "SELECT type, name FROM ("
           "SELECT table_type AS type, table_name AS name, CASE WHEN table_name = '{1}' THEN 0 "
           "WHEN table_type = 'VIEW' THEN 1 ELSE 4 END AS nr "
           "FROM information_schema.tables WHERE table_schema = {0} "
           "UNION ALL SELECT routine_type, routine_name, 3 FROM information_schema.routines "
           "WHERE routine_schema = {0} AND routine_type IN ('PROCEDURE', 'FUNCTION', 'PACKAGE') "
           "UNION ALL SELECT 'EVENT', event_name, 2 FROM information_schema.events WHERE "
           "event_schema = {0}"
           ") AS objects ORDER BY nr, name",
           schema, ledger_table))) {
    objects.push_back({.kind = kind_of(row[0].value()), .schema = schema_, .name = row[1].value()});
  }
  return objects;
}

core::schema::Schema LiveSchema::read() {
  return read_schema(connection_, family_, schema_, TableSizes::not_asked);
}

core::schema::Schema LiveSchema::read_with_sizes() {
  return read_schema(connection_, family_, schema_, TableSizes::estimated);
}

core::schema::Schema LiveSchema::read(const std::vector<core::ObjectName>& objects) {
  return read_schema(connection_, family_, schema_, objects);
}

std::vector<core::estimate::TableSize> LiveSchema::sizes(
    const std::vector<core::ObjectName>& tables) {
  connection_.set_multi_statements(true);
  return read_table_sizes(connection_, family_, schema_, tables);
}

std::vector<std::optional<port::Definition>> LiveSchema::definitions(
    const std::vector<core::ObjectName>& objects) {
  connection_.set_multi_statements(true);
  return read_definitions(connection_, family_, schema_, objects);
}

std::vector<std::optional<std::string>> LiveSchema::identities(
    const std::vector<core::ObjectName>& tables) {
  return TableIdentities(connection_, schema_).of(tables);
}

port::Schema::Rehearsed LiveSchema::rehearse(const core::ObjectName& table,
                                             const core::Rehearsal& rehearsal) {
  return mysql::rehearse(connection_, schema_, table, rehearsal);
}

std::vector<core::ObjectName> LiveSchema::remnants(const core::ObjectName& object) {
  const bool own = object.schema.empty() || object.schema == schema_;
  if (!own || family_ != core::ServerFamily::mariadb) return {};
  if (object.kind == core::ObjectKind::table)
    return partition_remnants(connection_, schema_, object.name);
  if (object.kind != core::ObjectKind::trigger) return {};
  // Whether there is a file of a trigger that is not there, only its DROP finds out.
  const auto now = definitions({object}).front();
  if (!now || !now->fingerprint.empty()) return {};
  return {object};
}

void LiveSchema::drop(const core::ObjectName& object) {
  connection_.rows("SET SESSION foreign_key_checks = 0");
  connection_.rows(fmt::format("DROP {} IF EXISTS {}.{}", sql_kind(object.kind),
                               identifier(schema_), identifier(object.name)));
  connection_.rows("SET SESSION foreign_key_checks = 1");
}

std::string LiveSchema::create_table_text(const std::string& table) {
  return table_shape(
      connection_.rows(fmt::format("SHOW CREATE TABLE {}", identifier(table))).at(0).at(1).value());
}

std::optional<port::ShapeDifference> LiveSchema::difference(const std::string& create_table) {
  const auto named = core::schema_change(create_table).objects;
  static const std::regex head(R"(^CREATE\s+TABLE\s+IF\s+NOT\s+EXISTS\s)", std::regex::icase);
  std::smatch match;
  if (named.empty() || !std::regex_search(create_table, match, head)) return std::nullopt;
  const std::string table = named.front().object.name;
  std::string found;
  try {
    found = create_table_text(table);
  } catch (const ServerRefused& refused) {
    if (refused.server_code() == er_no_such_table) return std::nullopt;
    throw;
  }
  // A temporary table hides the real one for this session only, commits nothing and is gone in a
  // moment.
  connection_.rows(fmt::format("CREATE TEMPORARY TABLE {}",
                               create_table.substr(static_cast<std::size_t>(match.length()))));
  std::string declared = create_table_text(table);
  connection_.rows(fmt::format("DROP TEMPORARY TABLE {}", identifier(table)));
  if (declared == found) return std::nullopt;
  return port::ShapeDifference{
      .table = table, .declared = std::move(declared), .found = std::move(found)};
}

}  // namespace migrate::mysql
