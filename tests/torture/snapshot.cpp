#include "snapshot.h"

#include <algorithm>
#include <sstream>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "support/schema_text.h"

namespace migrate::torture {
namespace {

using testing::RawConnection;
using testing::Row;

std::string line_of(const Row& row) {
  std::string line;
  for (const auto& value : row) line += value.value_or("NULL") + "\t";
  return line + "\n";
}

std::string lines_of(RawConnection& sql, const std::string& query) {
  std::string lines;
  for (const Row& row : sql.query(query)) lines += line_of(row);
  return lines;
}

std::string rows_of_table(RawConnection& sql, const std::string& schema, const std::string& table) {
  std::string columns;
  for (const Row& row : sql.query(fmt::format(
           "SELECT column_name FROM information_schema.columns WHERE table_schema = '{}' AND "
           "table_name = '{}' AND extra NOT LIKE '%auto_increment%' ORDER BY ordinal_position",
           schema, table))) {
    columns += fmt::format("{}`{}`", columns.empty() ? "" : ", ", row[0].value_or(""));
  }
  if (columns.empty()) columns = "COUNT(*)";
  std::vector<std::string> lines;
  for (const Row& row :
       sql.query(fmt::format("SELECT {} FROM `{}`.`{}`", columns, schema, table))) {
    lines.push_back(line_of(row));
  }
  // Here and not by the server, whose collations find different texts equal.
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text.append(table).append("\t").append(line);
  return text;
}

std::string rows_of_schema(RawConnection& sql, const std::string& schema) {
  std::string text;
  for (const Row& row : sql.query(fmt::format(
           "SELECT table_name FROM information_schema.tables WHERE table_schema = '{}' AND "
           "table_type = 'BASE TABLE' AND table_name NOT LIKE 'migrate\\_%' ORDER BY table_name",
           schema))) {
    text += rows_of_table(sql, schema, row[0].value_or(""));
  }
  return text;
}

std::string history_of(RawConnection& sql, const std::string& schema) {
  return lines_of(sql, fmt::format("SELECT 'ledger', kind, id, name, state, checksum, statements "
                                   "FROM `{}`.migrate_ledger ORDER BY applied_order",
                                   schema)) +
         lines_of(sql, fmt::format("SELECT 'applied', kind, id, COUNT(*) FROM `{}`.migrate_log "
                                   "WHERE event = 'applied' GROUP BY kind, id ORDER BY kind, id",
                                   schema)) +
         // What it keeps of the objects, and no run that left them open.
         lines_of(sql, fmt::format("SELECT 'kept', kind, name, fingerprint FROM "
                                   "`{}`.migrate_schema ORDER BY kind, name",
                                   schema)) +
         lines_of(sql, fmt::format("SELECT 'journal', kind, id, first_statement, state FROM "
                                   "`{}`.migrate_journal ORDER BY kind, id, first_statement",
                                   schema));
}

std::optional<std::string> first_difference(const char* what, const std::string& expected,
                                            const std::string& found) {
  if (expected == found) return std::nullopt;
  std::istringstream left(expected);
  std::istringstream right(found);
  for (int number = 1;; ++number) {
    std::string expected_line = "(end)";
    std::string found_line = "(end)";
    std::getline(left, expected_line);
    std::getline(right, found_line);
    if (expected_line == found_line) continue;
    return fmt::format("{}, line {}:\n  expected  {}\n  found     {}", what, number,
                       left ? expected_line : "(nothing more)",
                       right ? found_line : "(nothing more)");
  }
}

}  // namespace

Snapshot take_snapshot(RawConnection& sql, const std::string& schema) {
  sql.query("USE `" + schema + "`");  // or views would show it in front of every name
  return {testing::schema_text(sql, schema), rows_of_schema(sql, schema), history_of(sql, schema)};
}

std::optional<std::string> difference(const Snapshot& expected, const Snapshot& found) {
  for (const auto& [what, part] :
       {std::pair("the schema", &Snapshot::schema), std::pair("the rows", &Snapshot::rows),
        std::pair("the history", &Snapshot::history)}) {
    if (auto told = first_difference(what, expected.*part, found.*part)) return told;
  }
  return std::nullopt;
}

}  // namespace migrate::torture
