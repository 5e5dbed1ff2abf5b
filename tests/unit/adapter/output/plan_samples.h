#pragma once

#include "port/presenter.h"

namespace migrate::output::samples {

/// A plan of two steps whose effect is known: one of each way, somebody in the way, names and texts
/// that would be markup.
port::PlanShown plan_with_impact();

/// The same on many tables.
port::PlanShown large_plan();

}  // namespace migrate::output::samples
