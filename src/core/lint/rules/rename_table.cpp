#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

bool does(const SchemaChange& statement, Change change, const ObjectName& table) {
  return std::ranges::any_of(statement.objects, [&](const ChangedObject& changed) {
    return changed.change == change && changed.object == table;
  });
}

std::vector<Remark> check(const StatementView& view) {
  std::vector<Remark> remarks;
  const auto& objects = view.change.objects;
  for (std::size_t i = 0; i + 1 < objects.size(); ++i) {
    const auto& [object, change] = objects[i];
    if (change != Change::renamed_away || object.kind != ObjectKind::table) continue;
    const std::string name = full_name(object);
    const ObjectName& target = objects[i + 1].object;
    // Another table takes the name at once, or this one takes the name of another.
    if (does(view.change, Change::renamed_here, object) ||
        does(view.change, Change::renamed_away, target) || view.is_own(key_of(object.kind, name))) {
      continue;
    }
    remarks.push_back(
        {0,
         fmt::format("table {} becomes {}: programs that run now lose it", name, full_name(target)),
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
