#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<StepRemark> check(const StepView& view) {
  if (view.kind != StepKind::versioned || view.down != nullptr) return {};
  return {{Direction::up, view.up.first ? &*view.up.first : nullptr,
           "the step has no down file: it cannot be undone",
           "write one, with the same name and .down.sql"}};
}

}  // namespace

Rule missing_down() {
  return {"missing-down", Severity::warning,
          "A step without a down file cannot be undone: `down` refuses, and so does every way "
          "back that leads across it.",
          check};
}

}  // namespace migrate::core::lint
