#pragma once

#include <string>

#include "port/presenter.h"

namespace migrate::output {

/// A run sheet for the ticket of a change, as Markdown (CommonMark, with tables and task lists of
/// GitHub): risks, what to do before, the order, the commands, what to look at behind it, the way
/// back, the statements.
std::string plan_markdown(const port::PlanShown& plan, const std::string& program);

}  // namespace migrate::output
