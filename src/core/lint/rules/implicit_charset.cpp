#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table || view.table->is_temporary) return remarks;
  const TableStatement& table = *view.table;
  constexpr const char* advice =
      "say both: DEFAULT CHARACTER SET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci";
  if (table.creates() && table.source != TableStatement::Source::like && !table.option("COLLATE")) {
    remarks.push_back({0,
                       fmt::format("table {} says no {}", table.name(),
                                   table.option("CHARSET") ? "collation" : "charset"),
                       advice});
  }
  for_each_clause<ConvertCharset>(table, [&](const ConvertCharset& convert, const Clause& clause) {
    if (!convert.collation.empty()) return;
    remarks.push_back(
        {clause.offset, fmt::format("{} is converted without a collation", table.name()), advice});
  });
  return remarks;
}

}  // namespace

Rule implicit_charset() {
  return {"implicit-charset", Severity::warning,
          "Without CHARSET and COLLATE the table takes a default, of the schema or of the "
          "server, that differs between MySQL, MariaDB and their versions: joins between such "
          "tables fail or convert every row.",
          check};
}

}  // namespace migrate::core::lint
