#include "lint/narrowing.h"

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::string new_charset(const TableStatement& statement, const KnownTable& known) {
  return statement.option("CHARSET").value_or(known.charset);
}

/// This is the way back from what the up script did to the same column.
bool was_widened(const StatementView& view, const std::string& table, const std::string& column) {
  return view.up != nullptr && (view.up->changed.contains(column_key(table, column)) ||
                                view.up->changed.contains(column_key(table, "*")));
}

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  if (!view.table) return remarks;
  const std::string table = view.table->name();
  const KnownTable* known = view.tables.find(table);
  if (known == nullptr || view.is_new(table)) return remarks;
  const std::string charset = new_charset(*view.table, *known);
  const std::string advice =
      "count the rows that do not fit first, and say in the step what becomes of them";
  for_each_clause<ChangeColumn>(
      *view.table, [&](const ChangeColumn& changed, const Clause& clause) {
        const KnownColumn* column = known->column(changed.old_name);
        if (column == nullptr || was_widened(view, table, changed.old_name)) return;
        ColumnType before = column->type;
        ColumnType after = changed.column.type;
        if (before.charset.empty()) before.charset = known->charset;
        if (after.charset.empty()) after.charset = charset;
        const std::string lost = narrowing(before, after);
        if (lost.empty()) return;
        const std::string values = narrowed_values(changed.old_name, before, after);
        const std::string select =
            values.empty() ? "" : fmt::format(": SELECT COUNT(*) FROM {} WHERE {}", table, values);
        remarks.push_back({clause.offset, fmt::format("{}.{}: {}", table, changed.old_name, lost),
                           advice + select});
      });
  for_each_clause<ConvertCharset>(
      *view.table, [&](const ConvertCharset& convert, const Clause& clause) {
        if (!loses_characters(known->charset, convert.charset)) return;
        if (was_widened(view, table, "*")) return;
        remarks.push_back({clause.offset,
                           fmt::format("{}: characters of {} that {} lacks do not fit", table,
                                       known->charset, convert.charset),
                           advice});
      });
  return remarks;
}

}  // namespace

Rule narrowing() {
  return {"narrowing", Severity::error,
          "Values that the new type cannot hold stop the step in strict mode, and are cut or "
          "rounded where they can be. Known only of columns that earlier files declare, or that "
          "the server of --on has.",
          check};
}

}  // namespace migrate::core::lint
