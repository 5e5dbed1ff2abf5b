#include <fmt/format.h>

#include "ascii.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    if (table.engine.empty() || to_upper(table.engine) == "INNODB") continue;
    remarks.push_back({ObjectKind::table, table.name,
                       fmt::format("table {} is in {}, expected InnoDB", table.name, table.engine),
                       "ALTER TABLE … ENGINE=InnoDB, or say in migrate.yaml why it is to stay"});
  }
  return remarks;
}

}  // namespace

Rule engine_not_innodb() {
  return {"engine-not-innodb", Severity::error,
          "Only InnoDB has transactions, foreign keys and a recovery that loses nothing; what "
          "migrate promises holds on it alone.",
          check};
}

}  // namespace migrate::core::audit
