#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const schema::Table& table : facts.schema.tables) {
    for (const schema::Index& index : table.indexes) {
      if (!index.unique) continue;
      for (const schema::IndexPart& part : index.parts) {
        const schema::Column* column = table.find_column(part.column);
        if (column == nullptr || !column->nullable) continue;
        remarks.push_back({ObjectKind::index, table.name + "." + index.name,
                           fmt::format("unique key {} of {} takes any number of rows whose {} is "
                                       "NULL",
                                       index.name, table.name, column->name),
                           "make the column NOT NULL if that is not meant"});
        break;
      }
    }
  }
  return remarks;
}

}  // namespace

Rule nullable_unique_key() {
  return {"nullable-unique-key", Severity::notice,
          "NULL is equal to nothing, so rows with a NULL in a unique key are never duplicates of "
          "each other.",
          check};
}

}  // namespace migrate::core::audit
