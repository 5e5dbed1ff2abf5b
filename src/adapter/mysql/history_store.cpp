#include "history_store.h"

#include <algorithm>
#include <charconv>
#include <functional>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "attestation_json.h"
#include "core/fault.h"
#include "literal.h"
#include "names_json.h"
#include "open_run_json.h"
#include "run_plan_json.h"
#include "session_values_sql.h"
#include "witness_json.h"
#include "words.h"

namespace migrate::mysql {
namespace {

constexpr unsigned er_no_such_table = 1146;
constexpr unsigned er_bad_field = 1054;
constexpr std::size_t hash_digits = 16;
/// Steps that a ledger is made ready for. Pages that no row reaches are never touched, and the rows
/// of a long history are not moved again and again.
constexpr std::size_t roomy_ledger = 16'384;

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::uint64_t number(const std::optional<std::string>& text) {
  return number(std::string_view(text ? *text : ""));
}

std::vector<std::string> split_hashes(std::string_view joined) {
  std::vector<std::string> hashes;
  for (std::size_t at = 0; at + hash_digits <= joined.size(); at += hash_digits)
    hashes.emplace_back(joined.substr(at, hash_digits));
  return hashes;
}

/// A versioned step's key is a version: everything that compares versions relies on it.
core::StepId step_id(const RowView& row) {
  core::StepId id{parse_kind(row[0]), std::string(row[1])};
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

core::LedgerRow ledger_row(const RowView& row) {
  return {.id = step_id(row),
          .name = std::string(row[2]),
          .state = parse_ledger_state(row[3]),
          .checksum = {.rule = std::string(row[4]), .hex = std::string(row[5])},
          .statements_total = number(row[6]),
          .order = number(row[7]),
          .changed_at = std::string(row[8]),
          .duration_us = number(row[9])};
}

core::JournalRow journal_row(const RowView& row) {
  return {.id = step_id(row),
          .direction = parse_direction(row[2]),
          .state = parse_journal_state(row[3]),
          .unit = parse_unit(row[4]),
          .first = number(row[5]),
          .hashes = split_hashes(row[6]),
          .witnesses = parse_witness_json(std::string(row[7])),
          .log_position = {.file = std::string(row[8]), .offset = number(row[9])},
          .session = parse_session_values(row[13]),
          .connection_id = number(row[10]),
          .run_id = std::string(row[11]),
          .at = std::string(row[12])};
}

void take_schema_row(const RowView& row, core::History& history) {
  core::SchemaSeen& seen = history.schema_seen;
  const std::string_view kind = row[0];
  const std::string_view at = row[2];
  if (kind == "open") {
    history.left_schema_open.push_back(parse_open_run_json(row[1], row[3]));
    return;
  }
  if (kind == "schema") history.keeps_schema = true;
  if (kind == "drift") seen.drifted_at = at;
  if (kind == "drift" && !row[1].empty()) seen.drifted.emplace_back(row[1]);
  seen.at = std::max(seen.at, std::string(at));
}

/// What a row says to people.
std::string log_message(const std::string& event, const std::string& kept) {
  if (event != core::rehearsal::attested_event) return kept;
  const auto attestation = parse_attestation_json(kept);
  return attestation ? core::rehearsal::attestation_text(*attestation) : kept;
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
                   .message = log_message(row[4].value(), row[10].value()),
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

std::string TableHistoryStore::format_query() const {
  return fmt::format("SELECT format, tool_version FROM {}.{} ORDER BY format DESC LIMIT 1",
                     identifier(schema_), format_table);
}

void TableHistoryStore::refuse_newer(unsigned format, std::string_view tool_version) const {
  if (format <= history_format) return;
  throw core::Fault(core::ExitCode::configuration,
                    fmt::format("the history in schema {} was written by migrate {} in format "
                                "{}; this is migrate {}, which knows format {}",
                                schema_, tool_version, format, tool_version_, history_format),
                    "use that version of migrate, or a newer one");
}

std::optional<unsigned> TableHistoryStore::read_format() {
  std::vector<Row> rows;
  try {
    rows = connection_.rows(format_query());
  } catch (const ServerRefused& refused) {
    if (refused.server_code() == er_no_such_table) return std::nullopt;
    throw;
  }
  if (rows.empty()) return std::nullopt;
  const auto format = static_cast<unsigned>(number(rows[0][0]));
  refuse_newer(format, rows[0][1].value_or("?"));
  return format;
}

core::History TableHistoryStore::load() {
  prepared_ = false;
  Found found = read(history_format);
  if (found.format && *found.format < history_format) found = read(*found.format);
  prepared_ = found.format == history_format;
  format_ = found.format;
  found.history.arrange();
  return std::move(found.history);
}

TableHistoryStore::Found TableHistoryStore::read(unsigned layout) {
  const std::string_view witnesses =
      layout < witness_format ? "'', '', 0" : "witnesses, log_file, log_offset";
  const std::string_view variables = layout < variables_format ? "NULL" : "variables";
  const std::string schema =
      layout < schema_format
          ? ""
          : fmt::format(
                "; SELECT kind, name, at, IF(kind = 'open', definition, '') FROM {}.{} WHERE kind "
                "IN ('open', 'schema', 'drift') ORDER BY kind, name",
                identifier(schema_), schema_table);
  const std::string sql = fmt::format(
      "{}; SELECT kind, id, name, state, checksum_rule, checksum, statements, applied_order, "
      "changed_at, duration_us FROM {}.{}{}; "
      "SELECT kind, id, direction, state, unit, first_statement, hashes, {}, connection_id, "
      "run_id, at, {} FROM {}.{}",
      format_query(), identifier(schema_), ledger_table, schema, witnesses, variables,
      identifier(schema_), journal_table);
  Found found;
  found.history.ledger.reserve(roomy_ledger);
  std::string tool_version;
  constexpr std::size_t format = 0;
  constexpr std::size_t ledger = 1;
  const std::size_t journal = layout < schema_format ? 2 : 3;
  std::size_t answered = 0;
  std::optional<core::ServerError> error;
  connection_.set_multi_statements(true);
  connection_.query(
      sql,
      [&](const StatementOutcome& outcome) {
        if (outcome.lost) connection_.throw_lost();
        error = outcome.error;
        if (!error) ++answered;
      },
      [&](const RowView& row) {
        if (answered == format) {
          found.format = static_cast<unsigned>(number(row[0]));
          tool_version = row[1];
        } else if (answered == ledger) {
          found.history.ledger.push_back(ledger_row(row));
        } else if (answered == journal) {
          found.history.journal.push_back(journal_row(row));
        } else {
          take_schema_row(row, found.history);
        }
      });
  if (found.format) refuse_newer(*found.format, tool_version);
  const bool begun = !found.format && answered > format;  // its tables may be in any layout
  // There is none yet; or a reset was killed, which drops the ledger first.
  const bool absent = error && error->code == er_no_such_table && answered <= ledger;
  if (begun || absent) return {};
  const bool lacks = error && (error->code == er_bad_field || error->code == er_no_such_table);
  const bool older = lacks && found.format < layout;
  if (error && !older) throw ServerRefused(*error, sql);
  return found;
}

// MySQL has no ADD COLUMN IF NOT EXISTS.
// A SELECT a table: MariaDB opens that one then, else every table of the schema.
std::map<std::string, std::set<std::string>> TableHistoryStore::columns_of(
    const std::set<std::string_view>& tables) {
  std::string sql;
  for (const std::string_view table : tables) {
    sql += fmt::format(
        "{}SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = {} "
        "AND table_name = {}",
        sql.empty() ? "" : " UNION ALL ", literal(schema_), literal(table));
  }
  std::map<std::string, std::set<std::string>> columns;
  for (const Row& row : connection_.rows(sql)) columns[row[0].value()].insert(row[1].value());
  return columns;
}

void TableHistoryStore::prepare() {
  if (!prepared_) load();
  if (prepared_) return;
  const std::vector<LayoutStatement> layout = history_layout(schema_, tool_version_);
  std::set<std::string_view> widened;
  for (const LayoutStatement& statement : layout) {
    if (statement.adds) widened.insert(statement.adds->table);
  }
  // In front: a table that is made here has its columns.
  const auto columns = columns_of(widened);
  const auto is_missing = [&columns](const TableColumn& column) {
    const auto table = columns.find(std::string(column.table));
    return table != columns.end() && !table->second.contains(std::string(column.column));
  };
  for (const LayoutStatement& statement : layout) {
    if (!statement.adds || is_missing(*statement.adds)) connection_.rows(statement.sql);
  }
  format_ = history_format;
  prepared_ = true;
}

std::vector<core::schema::KeptObject> TableHistoryStore::kept_schema() {
  return kept_where("kind NOT IN ('open', 'drift')");
}

std::vector<core::schema::KeptObject> TableHistoryStore::kept_schema(
    const std::vector<core::ObjectName>& objects) {
  std::string names;
  for (const core::ObjectName& object : objects) {
    if (object.schema.empty() || object.schema == schema_)
      names += (names.empty() ? "" : ", ") + literal(object.name);
  }
  if (names.empty()) return {};
  auto kept =
      kept_where(fmt::format("kind NOT IN ('open', 'drift') AND name COLLATE "
                             "utf8mb4_general_ci IN ({})",
                             names));
  std::erase_if(kept, [&objects](const core::schema::KeptObject& one) {
    return std::ranges::none_of(
        objects, [&one](const core::ObjectName& name) { return is_named(one, name); });
  });
  return kept;
}

std::vector<core::schema::KeptObject> TableHistoryStore::kept_where(const std::string& condition) {
  std::vector<core::schema::KeptObject> kept;
  const auto format = format_ ? format_ : read_format();
  if (!format || *format < schema_format) return kept;
  for (const Row& row : connection_.rows(fmt::format(
           "SELECT kind, name, of_table, definition, sql_mode, charset, collation, "
           "database_collation, time_zone, fingerprint, run_id, at, {} FROM {}.{} WHERE "
           "{} ORDER BY kind, name",
           *format < text_format ? "NULL" : "fires_behind", identifier(schema_), schema_table,
           condition))) {
    kept.push_back({.kind = parse_kept_kind(row[0].value()),
                    .name = row[1].value(),
                    .table = row[2].value(),
                    .definition = row[3].value(),
                    .creation = {.sql_mode = row[4].value(),
                                 .charset = row[5].value(),
                                 .collation = row[6].value(),
                                 .database_collation = row[7].value(),
                                 .time_zone = row[8].value()},
                    .fires_behind = parse_names_json(row[12]),
                    .fingerprint = row[9].value(),
                    .run_id = row[10].value(),
                    .at = row[11].value()});
  }
  return kept;
}

std::vector<core::AppliedText> TableHistoryStore::applied_texts() {
  std::vector<core::AppliedText> texts;
  const auto format = read_format();
  if (!format || *format < text_format) return texts;
  for (const Row& row : connection_.rows(fmt::format(
           "SELECT kept.id, ledger.checksum_rule, ledger.checksum, kept.text FROM {0}.{1} "
           "AS kept JOIN {0}.{2} AS ledger ON ledger.kind = 'repeatable' AND "
           "ledger.id = kept.id AND ledger.checksum = kept.checksum AND ledger.state = "
           "'applied' ORDER BY kept.id",
           identifier(schema_), text_table, ledger_table))) {
    texts.push_back({.id = {core::StepKind::repeatable, row[0].value()},
                     .checksum = {.rule = row[1].value(), .hex = row[2].value()},
                     .text = row[3].value()});
  }
  return texts;
}

std::vector<core::LogRow> TableHistoryStore::log(std::uint64_t limit) {
  const std::string newest = limit == 0 ? "" : fmt::format(" LIMIT {}", limit);
  return log_where("ORDER BY number DESC" + newest);
}

std::vector<core::LogRow> TableHistoryStore::log_of_plan(const std::string& hash) {
  return log_where(fmt::format("WHERE LEFT(message, {}) = {}", hash.size(), literal(hash)));
}

std::vector<core::estimate::Measurement> TableHistoryStore::measurements() {
  constexpr std::uint64_t most = 100;
  std::vector<core::estimate::Measurement> measurements;
  for (const core::LogRow& row :
       log_where(fmt::format("WHERE event = {} ORDER BY number DESC LIMIT {}",
                             literal(core::estimate::measured_event), most))) {
    if (auto one = core::estimate::measurement_of(row)) measurements.push_back(*std::move(one));
  }
  std::ranges::reverse(measurements);
  return measurements;
}

std::vector<core::LogRow> TableHistoryStore::log_where(const std::string& rows) {
  std::vector<core::LogRow> log;
  if (!read_format()) return log;
  for (const Row& row :
       connection_.rows(fmt::format("SELECT * FROM (SELECT number, at, run_id, command, event, "
                                    "kind, id, name, statement, duration_us, message, "
                                    "account, connection_id, client, tool_version FROM {}.{} {}) "
                                    "AS found ORDER BY number",
                                    identifier(schema_), log_table, rows))) {
    log.push_back(log_row(row));
  }
  return log;
}

std::vector<core::rehearsal::Attestation> TableHistoryStore::attestations(
    const std::vector<core::StepId>& steps) {
  std::vector<core::rehearsal::Attestation> attestations;
  if (steps.empty() || !read_format()) return attestations;
  std::string ids;
  for (const core::StepId& step : steps) {
    ids += fmt::format("{}({}, {})", ids.empty() ? "" : ", ", literal(word(step.kind)),
                       literal(step.key));
  }
  for (const Row& row : connection_.rows(fmt::format(
           "SELECT kind, id, name, message, at, client, tool_version FROM {}.{} WHERE event = {} "
           "AND (kind, id) IN ({}) ORDER BY number DESC",
           identifier(schema_), log_table, literal(core::rehearsal::attested_event), ids))) {
    auto attestation = parse_attestation_json(row[3].value());
    if (!attestation) continue;  // of a later format
    attestation->id = {parse_kind(row[0].value()), row[1].value()};
    attestation->name = row[2].value();
    attestation->at = row[4].value();
    attestation->by = row[5].value();
    attestation->tool_version = row[6].value();
    attestations.push_back(std::move(*attestation));
  }
  return attestations;
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
