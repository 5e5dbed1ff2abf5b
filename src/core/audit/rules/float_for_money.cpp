#include <fmt/format.h>

#include "ascii.h"
#include "audit/rules.h"
#include "lint/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    for (const schema::Column& column : table.columns) {
      if (!lint::is_approximate({.name = to_upper(column.data_type)}) ||
          !lint::is_money(column.name))
        continue;
      remarks.push_back(
          {ObjectKind::table, column_name(table, column),
           fmt::format("{} looks like money and is {}", column_name(table, column), column.type),
           "use DECIMAL; how many digits, only you know"});
    }
  }
  return remarks;
}

}  // namespace

Rule float_for_money() {
  return {"float-for-money", Severity::error, lint::float_for_money().reason, check};
}

}  // namespace migrate::core::audit
