#include <fmt/format.h>

#include "lint/rules.h"
#include "set_statement.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

bool is_utf8mb3(std::string_view name) {
  return name == "utf8" || name == "utf8mb3" || name.starts_with("utf8_") ||
         name.starts_with("utf8mb3_");
}

std::vector<Remark> of_session(const Statement& statement) {
  std::vector<Remark> remarks;
  TokenCursor cursor(statement.text, {});
  if (!cursor.take("SET")) return remarks;
  for_each_assignment(cursor, [&](const Assignment& assignment, TokenCursor value) {
    const bool charset = assignment.target == Assignment::Target::names ||
                         assignment.target == Assignment::Target::character_set;
    if (!charset || !is_utf8mb3(to_lower(value.take_text()))) return;
    remarks.push_back(
        {0, "the text behind this is read as utf8mb3", "leave it out: the session is utf8mb4"});
  });
  return remarks;
}

std::vector<Remark> check(const StatementView& view) {
  if (!view.table) return of_session(view.statement);
  std::vector<Remark> remarks;
  const auto look = [&](const std::string& charset, std::string_view what, std::size_t offset) {
    if (!is_utf8mb3(charset)) return;
    remarks.push_back({offset, fmt::format("{} is {}", what, charset), "use utf8mb4"});
  };
  const std::string table = view.table->name();
  for_each_clause<Option>(*view.table, [&](const Option& option, const Clause& clause) {
    if (option.name == "CHARSET") look(option.value, table, clause.offset);
    // Beside a charset it says nothing new.
    if (option.name == "COLLATE" && !view.table->option("CHARSET"))
      look(option.value, table, clause.offset);
  });
  for_each_clause<ConvertCharset>(*view.table, [&](const ConvertCharset& to, const Clause& clause) {
    look(to.charset, table, clause.offset);
  });
  for_each_declared(*view.table, [&](const ColumnDefinition& column, const Clause&) {
    look(column.type.charset.empty() ? column.type.collation : column.type.charset,
         table + "." + column.name, column.type_offset);
  });
  return remarks;
}

}  // namespace

Rule utf8mb3() {
  return {"utf8mb3", Severity::warning,
          "utf8mb3, or utf8, holds no emoji and no rare characters: inserting one fails. It is "
          "deprecated.",
          check};
}

}  // namespace migrate::core::lint
