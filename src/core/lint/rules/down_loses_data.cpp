#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<StepRemark> check(const StepView& view) {
  std::vector<StepRemark> remarks;
  if (view.down == nullptr) return remarks;
  std::set<std::string> told;
  for (const Loss& loss : view.up.losses) {
    const std::string table = full_name(loss.table);
    if (view.down->written.contains(table) || !told.insert(table).second) continue;
    remarks.push_back(
        {Direction::down, view.down->first ? &*view.down->first : nullptr,
         fmt::format("{} of {} in the up script ({}:{}) loses rows, and nothing here writes them "
                     "back",
                     loss.verb, table, view.up.path, loss.place.position.line),
         "keep what the up script takes away in a table of its own, and put it back here"});
  }
  return remarks;
}

}  // namespace

Rule down_loses_data() {
  return {"down-loses-data", Severity::warning,
          "The up script takes rows away or overwrites them, and its down only makes the places "
          "again: after a rollback the data is gone. Keep what is taken away in a table of its "
          "own, and put it back.",
          check};
}

}  // namespace migrate::core::lint
