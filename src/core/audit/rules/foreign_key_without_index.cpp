#include <algorithm>

#include <fmt/format.h>

#include "audit/reference.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const Reference& reference : references(facts.schema)) {
    const std::string object = column_name(*reference.table, *reference.column);
    // One of several columns has its index on all of them.
    const auto key =
        std::ranges::find(reference.table->foreign_keys, reference.key, &schema::ForeignKey::name);
    const std::vector<std::string> columns = key == reference.table->foreign_keys.end()
                                                 ? std::vector{reference.column->name}
                                                 : key->columns;
    if (columns.front() != reference.column->name || has_index_on(*reference.table, columns))
      continue;
    remarks.push_back(
        {ObjectKind::table, object,
         fmt::format("no index begins with {}, which refers to {}", object, reference.parent->name),
         "add one"});
  }
  return remarks;
}

}  // namespace

Rule foreign_key_without_index() {
  return {"foreign-key-without-index", Severity::warning,
          "Without an index on the referring column every join, and every DELETE in the table "
          "that it refers to, reads the whole table.",
          check};
}

}  // namespace migrate::core::audit
