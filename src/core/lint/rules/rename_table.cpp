#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  const auto& objects = view.change.objects;
  for (std::size_t i = 0; i + 1 < objects.size(); ++i) {
    const auto& [object, change] = objects[i];
    if (change != Change::renamed_away || object.kind != ObjectKind::table) continue;
    const std::string name = full_name(object);
    const bool replaced = std::ranges::any_of(objects, [&](const ChangedObject& other) {
      return other.change == Change::renamed_here && other.object == object;
    });
    if (replaced || view.is_own(key_of(object.kind, name))) continue;
    remarks.push_back({0,
                       fmt::format("table {} becomes {}: programs that run now lose it", name,
                                   full_name(objects[i + 1].object)),
                       "leave a view under the old name until no program uses it"});
  }
  return remarks;
}

}  // namespace

Rule rename_table() {
  return {"rename-table", Severity::error,
          "Programs that still use the old name fail from that moment, and those that use the "
          "new one fail until then. Leave a view under the old name, or go by way of a copy.",
          check};
}

}  // namespace migrate::core::lint
