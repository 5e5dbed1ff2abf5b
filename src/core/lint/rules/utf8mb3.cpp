#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const auto look = [&](const std::string& charset, std::string_view what, std::size_t offset) {
    if (charset != "utf8" && charset != "utf8mb3" && !charset.starts_with("utf8_") &&
        !charset.starts_with("utf8mb3_")) {
      return;
    }
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
