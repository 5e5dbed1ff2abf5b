#pragma once

#include <string>

#include "adapter/output/style.h"
#include "core/event.h"
#include "run_position.h"

namespace migrate::output {

/// The permanent lines that an event leaves on the screen, each with its line break; empty for
/// none. `before` is where the run was before the event.
std::string progress_lines(const core::Event& event, const RunPosition& before, const Style& style);

}  // namespace migrate::output
