#include "refused_rows.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "core/lint/linter.h"

namespace migrate::app {
namespace {

// https://dev.mysql.com/doc/mysql-errors/9.7/en/server-error-reference.html,
// https://mariadb.com/kb/en/mariadb-error-codes/
bool is_about_rows(unsigned code) {
  constexpr std::array codes{1048U,   // ER_BAD_NULL_ERROR
                             1062U,   // ER_DUP_ENTRY
                             1138U,   // ER_INVALID_USE_OF_NULL
                             1264U,   // ER_WARN_DATA_OUT_OF_RANGE
                             1265U,   // WARN_DATA_TRUNCATED
                             1292U,   // ER_TRUNCATED_WRONG_VALUE
                             1366U,   // ER_TRUNCATED_WRONG_VALUE_FOR_FIELD
                             1406U,   // ER_DATA_TOO_LONG
                             1452U,   // ER_NO_REFERENCED_ROW_2
                             3819U,   // ER_CHECK_CONSTRAINT_VIOLATED of MySQL
                             4025U};  // ER_CONSTRAINT_FAILED of MariaDB
  return std::ranges::find(codes, code) != codes.end();
}

bool is_about_rows(std::string_view rule) {
  return rule == "narrowing" || rule == "nullable-to-not-null" ||
         rule == "unique-on-existing-rows" || rule == "add-foreign-key" ||
         rule == "check-on-existing-rows";
}

}  // namespace

std::vector<std::string> refused_rows(const std::string& statement, const core::ServerError& error,
                                      const core::schema::Schema& before) {
  std::vector<std::string> reasons;
  if (!is_about_rows(error.code)) return reasons;
  core::lint::Tables tables;
  for (const core::schema::Table& table : before.tables)
    core::lint::declare(tables, table.definition);
  core::lint::Linter linter(
      {}, [&](const core::ScriptFile&, const auto& take) { take(statement + ";"); });
  linter.replace_tables(std::move(tables));
  linter.look_at({.id = {core::StepKind::versioned, "1"}, .name = "refused", .up = {.path = "up"}},
                 core::lint::Linter::Telling::everything);
  for (const core::lint::Finding& finding : linter.take_report().findings) {
    if (!is_about_rows(finding.rule)) continue;
    reasons.push_back(fmt::format("{}; made-up rows hold such values, and real ones may: {}",
                                  finding.message, finding.advice));
  }
  return reasons;
}

}  // namespace migrate::app
