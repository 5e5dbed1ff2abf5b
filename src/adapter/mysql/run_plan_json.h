#pragma once

#include <string>

#include "core/unfinished_run.h"

namespace migrate::mysql {

/// The plan of a run as the log keeps it: JSON in ASCII.
std::string run_plan_json(const core::RunPlan& plan);

/// Throws Fault(configuration) for what migrate never wrote.
core::RunPlan parse_run_plan_json(const std::string& text);

}  // namespace migrate::mysql
