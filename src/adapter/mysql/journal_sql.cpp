#include "journal_sql.h"

#include <fmt/format.h>

#include "history_tables.h"
#include "literal.h"
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

// Under LOCK TABLES a statement can use each name of a table once
// (https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html); history_locks() has all of them.
class Writer {
 public:
  Writer(const core::RunIdentity& identity, const core::ServerInfo& server)
      : identity_(identity), family_(server.family), schema_(identifier(server.schema)) {}

  std::vector<std::string> operator()(const core::journal::StepOpened& write) const {
    if (write.direction == core::Direction::up) {
      return {ledger_row(write.id, write.name, "partly_up", write.checksum, write.total)};
    }
    return {fmt::format("UPDATE {}.{} SET state = 'partly_down', run_id = {} WHERE {}", schema_,
                        ledger_table, literal(identity_.run_id), step_is(write.id))};
  }

  std::vector<std::string> operator()(const core::journal::StepAbandoned& write) const {
    const std::string step = step_is(write.id);
    const std::string ledger =
        write.direction == core::Direction::up
            ? fmt::format("DELETE FROM {}.{} WHERE {} AND state = 'partly_up'", schema_,
                          ledger_table, step)
            : fmt::format("UPDATE {}.{} SET state = 'applied' WHERE {} AND state = 'partly_down'",
                          schema_, ledger_table, step);
    return {ledger, fmt::format("DELETE FROM {}.{} WHERE {}", schema_, journal_table, step)};
  }

  std::vector<std::string> operator()(const core::journal::Intended& write) const {
    return {fmt::format(
        "INSERT INTO {0}.{1} (kind, id, first_statement, direction, unit, state, hashes, "
        "witnesses, "
        "log_file, log_offset, connection_id, run_id, at) "
        "VALUES ({2}, {3}, {4}, {5}, {6}, 'intended', {7}, {9}, {10}, {11}, CONNECTION_ID(), {8}, "
        "UTC_TIMESTAMP(6)) "
        "ON DUPLICATE KEY UPDATE unit = {6}, state = 'intended', hashes = {7}, witnesses = {9}, "
        "log_file = {10}, log_offset = {11}, connection_id = CONNECTION_ID(), "
        "run_id = {8}, at = UTC_TIMESTAMP(6)",
        schema_, journal_table, literal(word(write.id.kind)), literal(write.id.key), write.first,
        literal(word(write.direction)), literal(word(write.unit)), literal(joined(write.hashes)),
        literal(identity_.run_id), literal(witness_json(write.witnesses)),
        literal(write.log_position.file), write.log_position.offset)};
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

  std::vector<std::string> operator()(const core::journal::StepClosed& write) const {
    const bool up = write.direction == core::Direction::up;
    // The last statements and this write are sent together, so only the server knows how long they
    // took.
    const std::string duration = fmt::format(
        "(SELECT COALESCE(TIMESTAMPDIFF(MICROSECOND, MIN(at), UTC_TIMESTAMP(6)), {}) FROM {}.{} "
        "WHERE {} AND run_id = {})",
        write.duration_us, schema_, journal_table, step_is(write.id), literal(identity_.run_id));
    const std::string step = step_is(write.id);
    std::vector<std::string> statements;
    if (up) {
      statements.push_back(
          ledger_row(write.id, write.name, "applied", write.checksum, write.total));
      statements.push_back(fmt::format("UPDATE {}.{} SET duration_us = {} WHERE {}", schema_,
                                       ledger_table, duration, step));
    } else {
      statements.push_back(fmt::format("DELETE FROM {}.{} WHERE {}", schema_, ledger_table, step));
    }
    statements.push_back(
        log_row({.event = up ? "applied" : "undone",
                 .step = write.id,
                 .step_name = write.name,
                 .message = fmt::format("{} {}", write.checksum.rule, write.checksum.hex)},
                duration));
    statements.push_back(fmt::format("DELETE FROM {}.{} WHERE {}", schema_, journal_table, step));
    return statements;
  }

  std::vector<std::string> operator()(const core::journal::Baselined& write) const {
    return {ledger_row(write.id, write.name, "baselined", write.checksum, write.total),
            log_row({.event = "baselined", .step = write.id, .step_name = write.name}, "0")};
  }

  std::vector<std::string> operator()(const core::journal::Logged& write) const {
    return {log_row(write, fmt::format("{}", write.duration_us))};
  }

 private:
  static std::string step_is(const core::StepId& id) {
    return fmt::format("kind = {} AND id = {}", literal(word(id.kind)), literal(id.key));
  }

  std::string ledger_row(const core::StepId& id, std::string_view name, std::string_view state,
                         const core::Checksum& checksum, std::uint64_t statements) const {
    return fmt::format(
        "INSERT INTO {0}.{1} (kind, id, name, state, checksum_rule, checksum, statements, "
        "applied_order, changed_at, "
        "run_id, duration_us) SELECT {2}, {3}, {4}, {5}, {6}, {7}, {8}, "
        "COALESCE(MAX({10}.applied_order), 0) + 1, "
        "UTC_TIMESTAMP(6), {9}, 0 FROM {0}.{1} AS {10} ON DUPLICATE KEY UPDATE name = {4}, "
        "state = {5}, "
        "checksum_rule = {6}, checksum = {7}, statements = {8}, changed_at = UTC_TIMESTAMP(6), "
        "run_id = {9}, "
        "duration_us = 0",
        schema_, ledger_table, literal(word(id.kind)), literal(id.key), literal(name),
        literal(state), literal(checksum.rule), literal(checksum.hex), statements,
        literal(identity_.run_id), ledger_alias);
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
  std::string schema_;
};

}  // namespace

std::vector<std::string> journal_sql(const core::JournalWrite& write,
                                     const core::RunIdentity& identity,
                                     const core::ServerInfo& server) {
  return std::visit(Writer(identity, server), write);
}

}  // namespace migrate::mysql
