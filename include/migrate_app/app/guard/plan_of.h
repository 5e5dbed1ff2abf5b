#pragma once

#include "app/guard/guard.h"
#include "core/plan.h"

namespace migrate::app {

/// What a run carries out; a file of `exec` is looked at as a step.
core::Plan plan_of(const GuardedRun& run);

}  // namespace migrate::app
