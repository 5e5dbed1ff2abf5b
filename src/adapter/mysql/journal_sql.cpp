#include "journal_sql.h"

#include <map>
#include <utility>

#include <fmt/format.h>

#include "core/schema/difference.h"
#include "history_tables.h"
#include "literal.h"
#include "names_json.h"
#include "open_run_json.h"
#include "run_plan_json.h"
#include "session_values_sql.h"
#include "witness_json.h"
#include "words.h"

namespace migrate::mysql {
namespace {

std::string joined(const std::vector<std::string>& hashes) {
  std::string all;
  for (const std::string& hash : hashes) all += hash;
  return all;
}

// VALUES() in ON DUPLICATE KEY UPDATE: MariaDB has no alias for a row, and MySQL has kept this
// (https://dev.mysql.com/doc/refman/9.7/en/insert-on-duplicate.html).
//
// Under LOCK TABLES a statement can use each name of a table once
// (https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html); history_locks() has all of them.
class Writer {
 public:
  Writer(const core::RunIdentity& identity, const core::ServerInfo& server)
      : identity_(identity),
        family_(server.family),
        schema_(identifier(server.schema)),
        server_schema_(server.schema) {}

  std::vector<std::string> operator()(
      const std::vector<const core::journal::StepOpened*>& writes) const {
    const core::journal::StepOpened& write = *writes.front();
    if (write.direction == core::Direction::up) return {ledger_rows("partly_up", writes)};
    return {fmt::format("UPDATE {}.{} SET state = 'partly_down', run_id = {} WHERE {}", schema_,
                        ledger_table, literal(identity_.run_id), step_is(write.id))};
  }

  std::vector<std::string> operator()(const core::journal::StepAbandoned& write) const {
    const std::string step = step_is(write.id);
    std::vector<std::string> statements;
    if (write.direction == core::Direction::down) {
      statements.push_back(
          fmt::format("UPDATE {}.{} SET state = 'applied' WHERE {} AND state = 'partly_down'",
                      schema_, ledger_table, step));
    } else {
      if (write.id.kind == core::StepKind::repeatable) statements.push_back(applied_before(step));
      statements.push_back(fmt::format("DELETE FROM {}.{} WHERE {} AND state = 'partly_up'",
                                       schema_, ledger_table, step));
    }
    statements.push_back(fmt::format("DELETE FROM {}.{} WHERE {}", schema_, journal_table, step));
    return statements;
  }

  std::vector<std::string> operator()(
      const std::vector<const core::journal::Intended*>& writes) const {
    std::string rows;
    for (const core::journal::Intended* write : writes) {
      rows += fmt::format(
          "{}({}, {}, {}, {}, {}, 'intended', {}, {}, {}, {}, CONNECTION_ID(), {}, "
          "UTC_TIMESTAMP(6))",
          rows.empty() ? "" : ", ", literal(word(write->id.kind)), literal(write->id.key),
          write->first, literal(word(write->direction)), literal(word(write->unit)),
          literal(joined(write->hashes)), literal(witness_json(write->witnesses)),
          literal(write->log_position.file), write->log_position.offset, literal(identity_.run_id));
    }
    return {fmt::format(
        "INSERT INTO {}.{} (kind, id, first_statement, direction, unit, state, hashes, witnesses, "
        "log_file, log_offset, connection_id, run_id, at) VALUES {} "
        "ON DUPLICATE KEY UPDATE unit = VALUES(unit), state = 'intended', hashes = VALUES(hashes), "
        "witnesses = VALUES(witnesses), log_file = VALUES(log_file), "
        "log_offset = VALUES(log_offset), connection_id = CONNECTION_ID(), "
        "run_id = VALUES(run_id), at = UTC_TIMESTAMP(6)",
        schema_, journal_table, rows)};
  }

  std::vector<std::string> operator()(const core::journal::TurnedBack& write) const {
    const std::string step = step_is(write.id);
    std::vector<std::string> statements{
        fmt::format("DELETE FROM {}.{} WHERE {}", schema_, journal_table, step),
        fmt::format("UPDATE {}.{} SET state = 'partly_down', run_id = {} WHERE {}", schema_,
                    ledger_table, literal(identity_.run_id), step)};
    if (!write.skipped.empty()) {
      statements.push_back(fmt::format(
          "INSERT INTO {}.{} (kind, id, first_statement, direction, unit, state, hashes, "
          "witnesses, "
          "log_file, log_offset, connection_id, run_id, at) VALUES ({}, {}, 1, 'down', 'session', "
          "'done', {}, '', '', 0, CONNECTION_ID(), {}, UTC_TIMESTAMP(6))",
          schema_, journal_table, literal(word(write.id.kind)), literal(write.id.key),
          literal(joined(write.skipped)), literal(identity_.run_id)));
    }
    return statements;
  }

  std::vector<std::string> operator()(const core::journal::Done& write) const {
    return {fmt::format(
        "UPDATE {}.{} SET state = 'done', witnesses = '', hashes = {} WHERE {} AND first_statement "
        "= {}",
        schema_, journal_table, literal(joined(write.hashes)), step_is(write.id), write.first)};
  }

  std::vector<std::string> operator()(const core::journal::ValuesKept& write) const {
    return {fmt::format(
        "UPDATE {}.{} SET variables = {} WHERE {} AND first_statement = {}", schema_, journal_table,
        session_values_sql(write.next, write.variables, family_), step_is(write.id), write.first)};
  }

  std::vector<std::string> operator()(const core::journal::Withdrawn& write) const {
    return {
        fmt::format("DELETE FROM {}.{} WHERE {} AND first_statement = {} AND state = 'intended'",
                    schema_, journal_table, step_is(write.id), write.first)};
  }

  /// What is not in the ledger as partly done was closed before, and is left alone.
  std::vector<std::string> operator()(
      const std::vector<const core::journal::StepClosed*>& writes) const {
    const core::journal::StepClosed& first = *writes.front();
    const bool up = first.direction == core::Direction::up;
    const std::string run_id = literal(first.run_id.empty() ? identity_.run_id : first.run_id);
    const std::string steps = steps_are(writes);
    const std::string open =
        fmt::format("{} AND state = '{}'", steps, up ? "partly_up" : "partly_down");
    const std::string duration = duration_of(writes);
    return {
        fmt::format("INSERT INTO {0}.{1} (at, run_id, command, event, kind, id, name, statement, "
                    "duration_us, message, account, connection_id, client, tool_version) "
                    "SELECT UTC_TIMESTAMP(6), {2}, {3}, '{4}', kind, id, name, 0, {5}, "
                    "CONCAT(checksum_rule, ' ', checksum), CURRENT_USER(), CONNECTION_ID(), {6}, "
                    "{7} FROM {0}.{8} WHERE {9} ORDER BY applied_order",
                    schema_, log_table, run_id, literal(identity_.command),
                    up ? "applied" : "undone", duration, literal(identity_.client),
                    literal(identity_.tool_version), ledger_table, open),
        up ? fmt::format("UPDATE {}.{} SET state = 'applied', changed_at = UTC_TIMESTAMP(6), "
                         "run_id = {}, duration_us = {} WHERE {}",
                         schema_, ledger_table, run_id, duration, open)
           : fmt::format("DELETE FROM {}.{} WHERE {}", schema_, ledger_table, open),
        fmt::format("DELETE FROM {}.{} WHERE {}", schema_, journal_table, steps)};
  }

  std::vector<std::string> operator()(const core::journal::TextKept& write) const {
    const std::string id = literal(write.id.key);
    return {
        // While the step is partly done it may yet become what it was before, so all texts stay.
        fmt::format("DELETE FROM {0}.{1} WHERE id = {2} AND checksum NOT IN (SELECT IF(state = "
                    "'partly_up', {1}.checksum, {3}.checksum) FROM {0}.{3} WHERE {3}.kind = {4} "
                    "AND {3}.id = {2})",
                    schema_, text_table, id, ledger_table, literal(word(write.id.kind))),
        fmt::format("REPLACE INTO {}.{} (id, checksum, text, run_id, at) VALUES ({}, {}, x'{}', "
                    "{}, UTC_TIMESTAMP(6))",
                    schema_, text_table, id, literal(write.checksum.hex), hex_digits(write.text),
                    literal(identity_.run_id))};
  }

  std::vector<std::string> operator()(const core::journal::Baselined& write) const {
    return {ledger_rows("baselined", std::vector<const core::journal::Baselined*>{&write}),
            log_row({.event = "baselined", .step = write.id, .step_name = write.name}, "0")};
  }

  std::vector<std::string> operator()(const core::journal::SchemaOpened& write) const {
    return {fmt::format("INSERT INTO {}.{} ({}) VALUES {} ON DUPLICATE KEY UPDATE definition = ''",
                        schema_, schema_table, schema_columns,
                        mark("open", identity_.run_id, open_run_json(write)))};
  }

  std::vector<std::string> operator()(const core::journal::DriftSeen& write) const {
    std::string rows = mark("drift", "");
    for (const core::ObjectName& object : write.objects)
      rows += ", " + mark("drift", core::schema::words_for(object));
    return {fmt::format("DELETE FROM {}.{} WHERE kind = 'drift'", schema_, schema_table),
            fmt::format("REPLACE INTO {}.{} ({}) VALUES {}", schema_, schema_table, schema_columns,
                        rows)};
  }

  std::vector<std::string> operator()(const core::journal::SchemaForgotten& write) const {
    std::vector<std::string> statements;
    if (!write.objects) {
      std::string condition = "kind <> 'open'";
      for (const std::string& rows : rows_about(write.except))
        condition += fmt::format(" AND NOT ({})", rows);
      return {fmt::format("DELETE FROM {}.{} WHERE {}", schema_, schema_table, condition)};
    }
    for (const std::string& rows : rows_about(*write.objects))
      statements.push_back(fmt::format("DELETE FROM {}.{} WHERE {}", schema_, schema_table, rows));
    for (const std::string& table : write.gone_tables) {
      statements.push_back(fmt::format("DELETE FROM {}.{} WHERE kind = 'trigger' AND of_table = {}",
                                       schema_, schema_table, literal(table)));
    }
    return statements;
  }

  std::vector<std::string> operator()(const core::journal::SchemaKept& write) const {
    std::string rows;
    for (const core::schema::KeptObject& object : write.objects) {
      const core::schema::Creation& creation = object.creation;
      rows += fmt::format("{}({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, UTC_TIMESTAMP(6), {})",
                          rows.empty() ? "" : ", ", literal(word(object.kind)),
                          literal(object.name), literal(object.table), literal(object.fingerprint),
                          literal(object.definition), literal(creation.sql_mode),
                          literal(creation.charset), literal(creation.collation),
                          literal(creation.database_collation), literal(creation.time_zone),
                          literal(identity_.run_id),
                          object.fires_behind ? literal(names_json(*object.fires_behind)) : "NULL");
    }
    if (rows.empty()) return {};
    return {fmt::format("REPLACE INTO {}.{} ({}) VALUES {}", schema_, schema_table, schema_columns,
                        rows)};
  }

  std::vector<std::string> operator()(const core::journal::SchemaClosed&) const {
    return {fmt::format("DELETE FROM {}.{} WHERE kind = 'open'", schema_, schema_table)};
  }

  std::vector<std::string> operator()(const core::journal::Logged& write) const {
    return {log_row(write, fmt::format("{}", write.duration_us))};
  }

  std::vector<std::string> operator()(const core::journal::Attested& write) const {
    return {log_row({.event = core::rehearsal::attested_event,
                     .step = write.attestation.id,
                     .step_name = write.attestation.name,
                     .message = core::rehearsal::attestation_json(write.attestation)},
                    "0")};
  }

 private:
  static constexpr std::string_view schema_columns =
      "kind, name, of_table, fingerprint, definition, sql_mode, charset, collation, "
      "database_collation, time_zone, run_id, at, fires_behind";

  /// A row of those columns that is no object.
  std::string mark(std::string_view kind, std::string_view name,
                   std::string_view definition = "") const {
    return fmt::format("({}, {}, '', '', {}, '', '', '', '', '', {}, UTC_TIMESTAMP(6), NULL)",
                       literal(kind), literal(name), literal(definition),
                       literal(identity_.run_id));
  }

  /// Conditions for what is kept of these objects, and for what was seen of them.
  std::vector<std::string> rows_about(const std::vector<core::ObjectName>& objects) const {
    struct Names {
      std::string kept;
      std::string drifted;  ///< as DriftSeen has them
    };
    std::map<std::string, Names> names;  // of kinds
    for (const core::ObjectName& object : objects) {
      if (!object.schema.empty() && object.schema != server_schema_) continue;
      auto& [kept, drifted] = names[kinds_with_names_of(object.kind)];
      // There is only one schema, and it is kept without its name.
      const bool defaults = object.kind == core::ObjectKind::schema;
      kept += (kept.empty() ? "" : ", ") + literal(defaults ? "" : object.name);
      drifted += (drifted.empty() ? "" : ", ") + literal(core::schema::words_for(object));
    }
    std::vector<std::string> conditions;
    for (const auto& [kinds, lists] : names) {
      // Names of tables and triggers are of one case, the others of any.
      const std::string_view name =
          kinds.starts_with("'t") ? "name" : "name COLLATE utf8mb4_general_ci";
      conditions.push_back(
          fmt::format("(kind IN ({0}) AND {1} IN ({2})) OR (kind = 'drift' AND {1} IN ({3}))",
                      kinds, name, lists.kept, lists.drifted));
    }
    return conditions;
  }

  /// The kinds of which no two can have one name, in quotes.
  static std::string kinds_with_names_of(core::ObjectKind kind) {
    switch (kind) {
      case core::ObjectKind::table:
      case core::ObjectKind::view:
      case core::ObjectKind::sequence:
        return "'table', 'view', 'sequence'";
      case core::ObjectKind::package:
        return "'package', 'package body'";
      default:
        return literal(word(kind));
    }
  }

  /// The ledger's row of a ddl file that was begun again, as it was: the log has it, but for how
  /// many statements there were, which only matters of a step that is partly done.
  std::string applied_before(const std::string& step) const {
    return fmt::format(
        "UPDATE {0}.{1} JOIN (SELECT at AS log_at, run_id AS log_run, duration_us AS log_us, name "
        "AS log_name, message FROM {0}.{2} WHERE {3} AND event = 'applied' ORDER BY number DESC "
        "LIMIT 1) AS before_it SET state = 'applied', name = log_name, checksum_rule = "
        "SUBSTRING_INDEX(message, ' ', 1), checksum = SUBSTRING_INDEX(message, ' ', -1), "
        "statements = 0, changed_at = log_at, run_id = log_run, duration_us = log_us WHERE {3} AND "
        "state = 'partly_up'",
        schema_, ledger_table, log_table, step);
  }

  static std::string step_is(const core::StepId& id) {
    return fmt::format("kind = {} AND id = {}", literal(word(id.kind)), literal(id.key));
  }

  static std::string steps_are(const std::vector<const core::journal::StepClosed*>& writes) {
    std::string ids;
    for (const core::journal::StepClosed* write : writes)
      ids += (ids.empty() ? "" : ", ") + literal(write->id.key);
    return fmt::format("kind = {} AND id IN ({})", literal(word(writes.front()->id.kind)), ids);
  }

  /// In microseconds, as an expression about a row of the ledger. Not known of the first: it is the
  /// only one.
  std::string duration_of(const std::vector<const core::journal::StepClosed*>& writes) const {
    const core::journal::StepClosed& first = *writes.front();
    if (!first.duration_us) {
      return fmt::format(
          "COALESCE((SELECT TIMESTAMPDIFF(MICROSECOND, MIN(at), UTC_TIMESTAMP(6)) FROM {}.{} "
          "WHERE {} AND run_id = {}), 0)",
          schema_, journal_table, step_is(first.id), literal(identity_.run_id));
    }
    if (writes.size() == 1) return fmt::format("{}", *first.duration_us);
    std::string cases;
    for (const core::journal::StepClosed* write : writes)
      cases += fmt::format(" WHEN {} THEN {}", literal(write->id.key), *write->duration_us);
    return fmt::format("CASE id{} END", cases);
  }

  /// Rows for these steps, which come behind all others. What is there already keeps its place.
  template <typename Write>
  std::string ledger_rows(std::string_view state, const std::vector<const Write*>& writes) const {
    std::string steps;
    for (std::size_t i = 0; i < writes.size(); ++i) {
      const Write& write = *writes[i];
      // The collations of a UNION must agree, and a literal's may be any.
      steps += fmt::format(
          "{}SELECT {} AS place, {} AS kind, {} AS id, CONVERT({} USING utf8mb4) COLLATE "
          "utf8mb4_bin AS name, {} AS checksum_rule, {} AS checksum, {} AS statements",
          i == 0 ? "" : " UNION ALL ", i + 1, literal(word(write.id.kind)), literal(write.id.key),
          literal(write.name), literal(write.checksum.rule), literal(write.checksum.hex),
          write.total);
    }
    return fmt::format(
        "INSERT INTO {0}.{1} (kind, id, name, state, checksum_rule, checksum, statements, "
        "applied_order, changed_at, run_id, duration_us) "
        "SELECT step.kind, step.id, step.name, '{2}', step.checksum_rule, step.checksum, "
        "step.statements, newest.applied_order + step.place, UTC_TIMESTAMP(6), {3}, 0 "
        "FROM (SELECT COALESCE(MAX(applied_order), 0) AS applied_order FROM {0}.{1} AS {4}) AS "
        "newest, ({5}) AS step "
        "ON DUPLICATE KEY UPDATE name = VALUES(name), state = VALUES(state), "
        "checksum_rule = VALUES(checksum_rule), checksum = VALUES(checksum), "
        "statements = VALUES(statements), changed_at = VALUES(changed_at), "
        "run_id = VALUES(run_id), duration_us = 0",
        schema_, ledger_table, state, literal(identity_.run_id), ledger_alias, steps);
  }

  /// `duration_us` is an expression. The column `plan` is named only where there is one: what was
  /// in flight is settled before the history is brought up to date.
  std::string log_row(const core::journal::Logged& row, std::string_view duration_us) const {
    return fmt::format(
        "INSERT INTO {}.{} (at, run_id, command, event, kind, id, name, statement, duration_us, "
        "message, account, "
        "connection_id, client, tool_version{}) VALUES (UTC_TIMESTAMP(6), {}, {}, {}, {}, {}, {}, "
        "{}, {}, {}, "
        "CURRENT_USER(), CONNECTION_ID(), {}, {}{})",
        schema_, log_table, row.plan ? ", plan" : "", literal(identity_.run_id),
        literal(identity_.command), literal(row.event),
        row.step ? literal(word(row.step->kind)) : "NULL",
        row.step ? literal(row.step->key) : "NULL", literal(row.step_name), row.statement,
        duration_us, literal(row.message), literal(identity_.client),
        literal(identity_.tool_version), row.plan ? ", " + literal(run_plan_json(*row.plan)) : "");
  }

  const core::RunIdentity& identity_;
  core::ServerFamily family_;
  std::string schema_;  ///< quoted
  const std::string& server_schema_;
};

/// Whether two neighbours share their statements.
bool together(const core::journal::StepOpened& a, const core::journal::StepOpened& b) {
  return a.direction == core::Direction::up && b.direction == core::Direction::up;
}
bool together(const core::journal::Intended&, const core::journal::Intended&) {
  return true;
}
bool together(const core::journal::StepClosed& a, const core::journal::StepClosed& b) {
  return a.duration_us && b.duration_us && a.id.kind == b.id.kind && a.direction == b.direction &&
         a.run_id == b.run_id;
}

template <typename Write>
concept Shared = requires(const Write& write) {
  together(write, write);
};

/// The write at `at` and the neighbours behind it that share its statements.
template <Shared Write>
std::vector<const Write*> neighbours(const std::vector<const core::JournalWrite*>& writes,
                                     std::size_t at) {
  std::vector<const Write*> found{&std::get<Write>(*writes[at])};
  for (++at; at < writes.size(); ++at) {
    const auto* next = std::get_if<Write>(writes[at]);
    if (next == nullptr || !together(*found.front(), *next)) break;
    found.push_back(next);
  }
  return found;
}

}  // namespace

std::vector<JournalStatement> journal_sql(const std::vector<const core::JournalWrite*>& writes,
                                          const core::RunIdentity& identity,
                                          const core::ServerInfo& server) {
  const Writer writer(identity, server);
  std::vector<JournalStatement> statements;
  for (std::size_t at = 0; at < writes.size();) {
    std::size_t count = 1;
    const auto render = [&]<typename Write>(const Write& write) {
      if constexpr (Shared<Write>) {
        const auto shared = neighbours<Write>(writes, at);
        count = shared.size();
        return writer(shared);
      } else {
        return writer(write);
      }
    };
    std::vector<std::string> texts = std::visit(render, *writes[at]);
    at += count;
    for (std::string& text : texts) statements.push_back({std::move(text), at - 1});
  }
  return statements;
}

}  // namespace migrate::mysql
