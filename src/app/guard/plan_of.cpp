#include "app/guard/plan_of.h"

#include <utility>

namespace migrate::app {

core::Plan plan_of(const GuardedRun& run) {
  core::Plan plan = run.plan;
  if (run.file != nullptr) {
    core::PlannedStep step;
    step.step.id = {core::StepKind::repeatable, run.file->path};
    step.script = *run.file;
    plan.steps.push_back(std::move(step));
  }
  return plan;
}

}  // namespace migrate::app
