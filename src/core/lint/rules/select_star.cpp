#include <algorithm>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  const bool in_view = std::ranges::any_of(view.change.objects, [](const ChangedObject& changed) {
    return changed.object.kind == ObjectKind::view && changed.change != Change::dropped;
  });
  if (!view.data.star || (!view.data.selects && !in_view)) return {};
  return {{*view.data.star, "SELECT * takes whatever columns there are", "name the columns"}};
}

}  // namespace

Rule select_star() {
  return {"select-star", Severity::notice,
          "SELECT * means the columns of that moment: an INSERT from it fails when a column is "
          "added, and a view keeps those of the day it was made.",
          check};
}

}  // namespace migrate::core::lint
