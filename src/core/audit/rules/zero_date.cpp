#include <fmt/format.h>

#include "audit/rules.h"
#include "lint/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    for (const schema::Column& column : table.columns) {
      if (!column.default_value || !column.default_value->starts_with("'0000-00-00")) continue;
      remarks.push_back({ObjectKind::table, column_name(table, column),
                         fmt::format("the default of {} is {}, which is no date",
                                     column_name(table, column), *column.default_value),
                         "let it be NULL, or DEFAULT CURRENT_TIMESTAMP"});
    }
  }
  for (const ZeroDates& dates : facts.zero_dates) {
    const std::string object = dates.table + "." + dates.column;
    remarks.push_back({ObjectKind::table, object,
                       fmt::format("rows of {} hold 0000-00-00, which is no date", object),
                       "say in a step what these rows are to hold"});
  }
  return remarks;
}

}  // namespace

Rule zero_date() {
  return {"zero-date", Severity::error, lint::zero_date().reason, check};
}

}  // namespace migrate::core::audit
