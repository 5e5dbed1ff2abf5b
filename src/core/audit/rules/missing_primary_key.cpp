#include <fmt/format.h>

#include "audit/rules.h"
#include "lint/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    if (table.primary_key() != nullptr) continue;
    remarks.push_back({ObjectKind::table, table.name,
                       fmt::format("table {} has no primary key", table.name),
                       "add one: a column of the rows themselves, or id BIGINT UNSIGNED "
                       "AUTO_INCREMENT"});
  }
  return remarks;
}

}  // namespace

Rule missing_primary_key() {
  return {"missing-primary-key", Severity::error, lint::missing_primary_key().reason, check};
}

}  // namespace migrate::core::audit
