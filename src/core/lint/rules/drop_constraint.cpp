#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<StepRemark> check(const StepView& view) {
  std::vector<StepRemark> remarks;
  const auto look = [&](const Outline& script, Direction direction, const Outline* undone) {
    for (const auto& [key, place] : script.dropped_keys) {
      if (script.added_keys.contains(key)) continue;
      if (undone != nullptr && undone->added_keys.contains(key)) continue;
      remarks.push_back({direction, &place,
                         fmt::format("constraint {} is dropped, and this script does not add it "
                                     "again",
                                     key),
                         "add it again in the same script, or say why it is no longer needed"});
    }
  };
  look(view.up, Direction::up, nullptr);
  if (view.down != nullptr) look(*view.down, Direction::down, &view.up);
  return remarks;
}

}  // namespace

Rule drop_constraint() {
  return {"drop-constraint", Severity::warning,
          "Nothing holds the rows to the rule any more, and what was written meanwhile keeps it "
          "from coming back.",
          check};
}

}  // namespace migrate::core::lint
