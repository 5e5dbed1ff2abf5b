#include "audit/id_type.h"

#include <algorithm>

#include <fmt/format.h>

#include "audit/reference.h"
#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

/// One a family of types: what holds the values of all columns of that family.
std::vector<IdType> expected_types(const std::vector<Place>& group) {
  std::vector<IdType> expected;
  for (const Place& place : group) {
    const IdType type = id_type_of(*place.column);
    if (type.family == IdType::Family::other) continue;
    const auto same = std::ranges::find(expected, type.family, &IdType::family);
    if (same == expected.end()) {
      expected.push_back(type);
    } else {
      *same = common_type(*same, type).value_or(*same);
    }
  }
  return expected;
}

std::vector<Remark> check(const Facts& facts, const Canon&) {
  std::vector<Remark> remarks;
  for (const std::vector<Place>& group : same_ids(facts.schema)) {
    for (const IdType& expected : expected_types(group)) {
      for (const Place& place : group) {
        const IdType type = id_type_of(*place.column);
        if (type == expected || type.family != expected.family) continue;
        const std::string object = column_name(*place.table, *place.column);
        remarks.push_back({ObjectKind::table, object,
                           fmt::format("{} is {}, elsewhere {} is {}", object, shown(type),
                                       place.column->name, shown(expected)),
                           "give columns of one name one type, signedness and collation"});
      }
    }
  }
  return remarks;
}

}  // namespace

Rule id_type() {
  return {"id-type", Severity::warning,
          "Columns of one id are joined and compared: of different types they need conversions, "
          "and the smaller one is full first.",
          check};
}

}  // namespace migrate::core::audit
