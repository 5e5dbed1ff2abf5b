#include "history_store.h"

#include <charconv>

#include <fmt/format.h>

#include "core/fault.h"
#include "literal.h"
#include "run_plan_json.h"
#include "session_values_sql.h"
#include "witness_json.h"
#include "words.h"

namespace migrate::mysql {
namespace {

constexpr unsigned er_no_such_table = 1146;
constexpr std::size_t hash_digits = 16;

std::uint64_t number(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

std::vector<std::string> split_hashes(const std::string& joined) {
  std::vector<std::string> hashes;
  for (std::size_t at = 0; at + hash_digits <= joined.size(); at += hash_digits) {
    hashes.push_back(joined.substr(at, hash_digits));
  }
  return hashes;
}

/// A versioned step's key is a version: everything that compares versions relies on it.
core::StepId step_id(const Row& row) {
  core::StepId id{parse_kind(row[0].value()), row[1].value()};
  const auto version = core::Version::parse(id.key);
  if (id.kind == core::StepKind::versioned && (!version || version->canonical() != id.key)) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("the history's tables hold the version '{}', which migrate never wrote",
                    id.key),
        "find out who changed the tables migrate_ledger and migrate_journal");
  }
  return id;
}

core::LedgerRow ledger_row(const Row& row) {
  return {.id = step_id(row),
          .name = row[2].value(),
          .state = parse_ledger_state(row[3].value()),
          .checksum = {.rule = row[4].value(), .hex = row[5].value()},
          .statements_total = number(row[6]),
          .order = number(row[7]),
          .changed_at = row[8].value(),
          .run_id = row[9].value(),
          .duration_us = number(row[10])};
}

core::JournalRow journal_row(const Row& row) {
  return {.id = step_id(row),
          .direction = parse_direction(row[2].value()),
          .state = parse_journal_state(row[3].value()),
          .unit = parse_unit(row[4].value()),
          .first = number(row[5]),
          .hashes = split_hashes(row[6].value()),
          .witnesses = parse_witness_json(row[7].value_or("")),
          .log_position = {.file = row[8].value(), .offset = number(row[9])},
          .session = parse_session_values(row[13].value_or("")),
          .connection_id = number(row[10]),
          .run_id = row[11].value(),
          .at = row[12].value()};
}

core::LogRow log_row(const Row& row) {
  core::LogRow log{.number = number(row[0]),
                   .at = row[1].value(),
                   .run_id = row[2].value(),
                   .command = row[3].value(),
                   .event = row[4].value(),
                   .step_name = row[7].value(),
                   .statement = number(row[8]),
                   .duration_us = number(row[9]),
                   .message = row[10].value(),
                   .account = row[11].value(),
                   .connection_id = number(row[12]),
                   .client = row[13].value(),
                   .tool_version = row[14].value()};
  if (row[5] && row[6]) log.step = core::StepId{parse_kind(*row[5]), *row[6]};
  return log;
}

}  // namespace

TableHistoryStore::TableHistoryStore(Connection& connection, std::string schema,
                                     std::string tool_version)
    : connection_(connection), schema_(std::move(schema)), tool_version_(std::move(tool_version)) {}

std::optional<unsigned> TableHistoryStore::read_format() {
  std::vector<Row> rows;
  try {
    rows = connection_.rows(
        fmt::format("SELECT format, tool_version FROM {}.{} ORDER BY format DESC LIMIT 1",
                    identifier(schema_), format_table));
  } catch (const ServerRefused& refused) {
    if (refused.server_code() == er_no_such_table) return std::nullopt;
    throw;
  }
  if (rows.empty()) return std::nullopt;
  const auto format = static_cast<unsigned>(number(rows[0][0]));
  if (format > history_format) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format("the history in schema {} was written by migrate {} in format "
                    "{}; this is migrate {}, which knows format {}",
                    schema_, rows[0][1].value_or("?"), format, tool_version_, history_format),
        "use that version of migrate, or a newer one");
  }
  return format;
}

core::History TableHistoryStore::load() {
  core::History history;
  prepared_ = false;
  const auto format = read_format();
  if (!format) return history;
  try {
    read_ledger(history);
  } catch (const ServerRefused& refused) {
    // A reset was killed: it drops the ledger first.
    if (refused.server_code() == er_no_such_table) return {};
    throw;
  }
  read_journal(history, *format);
  history.count_statements_done();
  prepared_ = *format == history_format;
  return history;
}

void TableHistoryStore::read_ledger(core::History& history) {
  for (const Row& row :
       connection_.rows(fmt::format("SELECT kind, id, name, state, checksum_rule, checksum, "
                                    "statements, applied_order, changed_at, run_id, "
                                    "duration_us FROM {}.{} ORDER BY applied_order, kind, id",
                                    identifier(schema_), ledger_table))) {
    history.ledger.push_back(ledger_row(row));
  }
}

void TableHistoryStore::read_journal(core::History& history, unsigned format) {
  const std::string_view witnesses =
      format < witness_format ? "'', '', 0" : "witnesses, log_file, log_offset";
  const std::string_view variables = format < variables_format ? "NULL" : "variables";
  for (const Row& row :
       connection_.rows(fmt::format("SELECT kind, id, direction, state, unit, first_statement, "
                                    "hashes, {}, connection_id, run_id, at, {} "
                                    "FROM {}.{} ORDER BY at, kind, id, first_statement",
                                    witnesses, variables, identifier(schema_), journal_table))) {
    history.journal.push_back(journal_row(row));
  }
}

// MySQL has no ADD COLUMN IF NOT EXISTS.
bool TableHistoryStore::has(const TableColumn& column) {
  return !connection_
              .rows(fmt::format("SELECT 1 FROM information_schema.columns WHERE table_schema = {} "
                                "AND table_name = {} AND column_name = {}",
                                literal(schema_), literal(column.table), literal(column.column)))
              .empty();
}

void TableHistoryStore::prepare() {
  if (!prepared_) load();
  if (prepared_) return;
  for (const LayoutStatement& statement : history_layout(schema_, tool_version_)) {
    if (!statement.adds || !has(*statement.adds)) connection_.rows(statement.sql);
  }
  prepared_ = true;
}

std::vector<core::LogRow> TableHistoryStore::log(std::uint64_t limit) {
  std::vector<core::LogRow> log;
  if (!read_format()) return log;
  const std::string newest = limit == 0 ? "" : fmt::format(" LIMIT {}", limit);
  for (const Row& row :
       connection_.rows(fmt::format("SELECT * FROM (SELECT number, at, run_id, command, event, "
                                    "kind, id, name, statement, duration_us, message, "
                                    "account, connection_id, client, tool_version FROM {}.{} ORDER "
                                    "BY number DESC{}) AS newest ORDER BY number",
                                    identifier(schema_), log_table, newest))) {
    log.push_back(log_row(row));
  }
  return log;
}

std::optional<core::UnfinishedRun> TableHistoryStore::unfinished_run() {
  const auto format = read_format();
  if (!format || *format < run_plan_format) return std::nullopt;
  const auto started = connection_.rows(
      fmt::format("SELECT number, run_id, command, at, plan FROM {}.{} WHERE event = 'run started' "
                  "ORDER BY number DESC LIMIT 1",
                  identifier(schema_), log_table));
  if (started.empty() || !started[0][4]) return std::nullopt;
  const Row& run = started[0];
  core::UnfinishedRun unfinished{
      .command = run[2].value(), .at = run[3].value(), .plan = parse_run_plan_json(run[4].value())};
  for (const Row& row : connection_.rows(
           fmt::format("SELECT event FROM {}.{} WHERE number > {} AND run_id = {} AND event IN "
                       "('applied', 'undone', 'run finished')",
                       identifier(schema_), log_table, run[0].value(), literal(run[1].value())))) {
    if (row[0] == "run finished") return std::nullopt;
    ++unfinished.done;
  }
  return unfinished;
}

}  // namespace migrate::mysql
