#include <fmt/format.h>

#include "audit/id_type.h"
#include "audit/reference.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const Reference& reference : references(facts.schema)) {
    const IdType here = id_type_of(*reference.column);
    const IdType there = id_type_of(*reference.referenced);
    if (here == there) continue;
    const std::string object = column_name(*reference.table, *reference.column);
    remarks.push_back(
        {ObjectKind::table, object,
         fmt::format("{} is {}, and {}, which {}, is {}", object, shown(here),
                     column_name(*reference.parent, *reference.referenced),
                     reference.is_declared() ? "foreign key " + reference.key + " refers to"
                                             : "it refers to by its name",
                     shown(there)),
         "give both ends one type, signedness and collation"});
  }
  return remarks;
}

}  // namespace

Rule reference_type() {
  return {"reference-type", Severity::error,
          "Where the two ends of a reference differ, a value of the one may not fit the other, a "
          "join converts and uses no index, and no foreign key can be declared.",
          check};
}

}  // namespace migrate::core::audit
