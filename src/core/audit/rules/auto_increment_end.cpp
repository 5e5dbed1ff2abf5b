#include <fmt/format.h>

#include "audit/id_type.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

constexpr double most_used = 0.75;

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    if (!table.auto_increment) continue;
    for (const schema::Column& column : table.columns) {
      const IdType type = id_type_of(column);
      if (!column.auto_increment || type.family != IdType::Family::integer) continue;
      const auto last = static_cast<double>(largest_value(type));
      const auto next = static_cast<double>(*table.auto_increment);
      if (next < last * most_used) continue;
      remarks.push_back({ObjectKind::table, column_name(table, column),
                         fmt::format("{} is at {} of {} ({:.0f} %)", column_name(table, column),
                                     *table.auto_increment, largest_value(type), next / last * 100),
                         "make it and what refers to it BIGINT UNSIGNED"});
    }
  }
  return remarks;
}

}  // namespace

Rule auto_increment_end() {
  return {"auto-increment-end", Severity::error,
          "At its last number every INSERT fails, at once and everywhere; the change to a larger "
          "type copies the table and all that refer to it, so it wants to be planned.",
          check};
}

}  // namespace migrate::core::audit
