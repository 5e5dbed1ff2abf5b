#include "server_facts.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "core/row_hash.h"
#include "literal.h"
#include "session_settings.h"

namespace migrate::mysql {
namespace {

using core::rehearsal::ColumnProfile;
using core::rehearsal::Value;
using core::schema::Column;
using core::schema::Generated;
using core::schema::Table;

bool is_number(const Column& column) {
  static constexpr std::array types{"tinyint", "smallint", "mediumint", "int",    "bigint",
                                    "decimal", "float",    "double",    "integer"};
  return std::ranges::find(types, column.data_type) != types.end();
}

bool is_date(const Column& column) {
  return column.data_type == "date" || column.data_type == "datetime" ||
         column.data_type == "timestamp";
}

bool is_text(const Column& column) {
  return !column.collation.empty() && column.data_type != "enum" && column.data_type != "set";
}

bool is_binary(const Column& column) {
  return column.data_type.ends_with("blob") || column.data_type.ends_with("binary") ||
         column.data_type == "bit";
}

/// Rows of a system-versioned table differ by the moment in these.
bool is_of_the_moment(const Column& column) {
  return column.generated == Generated::row_start || column.generated == Generated::row_end;
}

/// Whether the server counts it: itself, or in the table that a foreign key refers to.
bool is_counted(const core::schema::Schema& schema, const Table& table, const Column& column) {
  if (column.auto_increment) return true;
  return std::ranges::any_of(table.foreign_keys, [&](const core::schema::ForeignKey& key) {
    const auto at = std::ranges::find(key.columns, column.name);
    const Table* parent = schema.find_table(key.referenced_table);
    if (at == key.columns.end() || parent == nullptr) return false;
    const Column* referenced = parent->find_column(
        key.referenced_columns.at(static_cast<std::size_t>(at - key.columns.begin())));
    return referenced != nullptr && referenced->auto_increment;
  });
}

std::string list_of(const std::vector<std::string>& columns) {
  std::string list;
  for (const std::string& column : columns) list += (list.empty() ? "" : ", ") + identifier(column);
  return list;
}

std::uint64_t whole(const std::optional<std::string>& text) {
  std::uint64_t value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

std::optional<double> real(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  double value = 0;
  std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

}  // namespace

ServerFacts::ServerFacts(const core::ConnectionOptions& options) : connection_(options) {
  connection_.query(session_settings, [this](const StatementOutcome& outcome) {
    if (outcome.lost) connection_.throw_lost();
    if (outcome.error) throw ServerRefused(*outcome.error, session_settings);
  });
}

core::rehearsal::ServerTraits ServerFacts::traits() {
  const Row row =
      connection_.rows("SELECT VERSION(), @@GLOBAL.sql_mode, @@GLOBAL.collation_server").at(0);
  const std::string version = row[0].value_or("");
  return {.family = version.find("MariaDB") != std::string::npos ? core::ServerFamily::mariadb
                                                                 : core::ServerFamily::mysql,
          .version = version,
          .sql_mode = row[1].value_or(""),
          .collation = row[2].value_or("")};
}

std::vector<core::rehearsal::RowDigest> ServerFacts::digests(const core::schema::Schema& schema) {
  std::vector<core::rehearsal::RowDigest> digests;
  digests.reserve(schema.tables.size());
  for (const Table& table : schema.tables) digests.push_back(digest(schema, table));
  return digests;
}

core::rehearsal::RowDigest ServerFacts::digest(const core::schema::Schema& schema,
                                               const Table& table) {
  core::rehearsal::RowDigest digest{.table = table.name};
  std::vector<std::string> names;
  for (const Column& column : table.columns) {
    if (is_of_the_moment(column)) continue;
    names.push_back(column.name);
    digest.columns.push_back(
        {.name = column.name, .hash = {}, .counted = is_counted(schema, table, column)});
  }
  core::BagHash rows;
  std::vector<core::BagHash> columns(names.size());
  const std::string sql = fmt::format("SELECT {} FROM {}", list_of(names), identifier(table.name));
  connection_.each_row(sql, [&](const RowView& view) {
    std::string row;
    for (unsigned i = 0; i < columns.size(); ++i) {
      std::string value;
      core::append_value(value, view.value(i));
      columns[i].add(core::BagHash::of(value));
      row += value;
    }
    rows.add(core::BagHash::of(row));
    ++digest.rows;
  });
  digest.hash = rows.hex();
  for (std::size_t i = 0; i < columns.size(); ++i) digest.columns[i].hash = columns[i].hex();
  return digest;
}

std::vector<core::rehearsal::Values> ServerFacts::values(const Table& table,
                                                         const std::vector<std::string>& columns,
                                                         std::uint64_t limit) {
  std::vector<core::rehearsal::Values> rows;
  const std::string list = list_of(columns);
  for (const Row& row : connection_.rows(fmt::format("SELECT {0} FROM {1} ORDER BY {0} LIMIT {2}",
                                                     list, identifier(table.name), limit))) {
    core::rehearsal::Values values;
    bool whole_row = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!row[i]) {
        whole_row = false;
        break;
      }
      const Column* column = table.find_column(columns[i]);
      const bool bytes = column != nullptr && is_binary(*column);
      values.push_back({bytes ? Value::Kind::bytes : Value::Kind::text, *row[i]});
    }
    if (whole_row) rows.push_back(std::move(values));
  }
  return rows;
}

core::rehearsal::TableProfile ServerFacts::profile(const Table& table, std::uint64_t limit) {
  core::rehearsal::TableProfile profile{.rows = table.estimated_rows};
  std::vector<std::string> names;
  std::string asked = "COUNT(*)";
  for (const Column& column : table.columns) {
    if (is_of_the_moment(column)) continue;
    names.push_back(column.name);
    const std::string name = identifier(column.name);
    std::string least = "NULL";
    std::string greatest = "NULL";
    if (is_number(column)) {
      least = fmt::format("MIN({})", name);
      greatest = fmt::format("MAX({})", name);
    } else if (is_date(column)) {
      least = fmt::format("MIN(YEAR({}))", name);
      greatest = fmt::format("MAX(YEAR({}))", name);
    } else if (is_text(column)) {
      least = fmt::format("MIN(CHAR_LENGTH({}))", name);
      greatest = fmt::format("MAX(CHAR_LENGTH({}))", name);
    } else if (is_binary(column) && column.data_type != "bit") {
      least = fmt::format("MIN(LENGTH({}))", name);
      greatest = fmt::format("MAX(LENGTH({}))", name);
    }
    asked +=
        fmt::format(", SUM({0} IS NULL), COUNT(DISTINCT {0}), {1}, {2}", name, least, greatest);
  }
  const Row row = connection_
                      .rows(fmt::format("SELECT {} FROM (SELECT {} FROM {} LIMIT {}) AS some",
                                        asked, list_of(names), identifier(table.name), limit))
                      .at(0);
  profile.looked_at = whole(row[0]);
  profile.rows = std::max(profile.rows, profile.looked_at);
  std::size_t at = 1;
  for (const std::string& name : names) {
    const Column& column = *table.find_column(name);
    ColumnProfile& one = profile.columns[name];
    if (profile.looked_at > 0) {
      one.null_share = static_cast<double>(whole(row[at])) / static_cast<double>(profile.looked_at);
    }
    one.distinct = whole(row[at + 1]);
    const std::optional<double> least = real(row[at + 2]);
    const std::optional<double> greatest = real(row[at + 3]);
    at += 4;
    if (!least || !greatest) continue;
    if (is_number(column)) {
      one.least = core::rehearsal::rounded_down(*least);
      one.greatest = core::rehearsal::rounded_up(*greatest);
    } else if (is_date(column)) {
      one.least = least;
      one.greatest = greatest;
    } else {
      one.shortest = static_cast<std::uint64_t>(*least);
      one.longest = static_cast<std::uint64_t>(*greatest);
    }
  }
  return profile;
}

}  // namespace migrate::mysql
