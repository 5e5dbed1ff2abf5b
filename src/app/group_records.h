#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/journal_write.h"
#include "core/step_group.h"
#include "core/witness.h"

// What is recorded of a group of steps.
namespace migrate::app {

/// The hashes of the first `count` statements of a step.
std::vector<std::string> hashes(const core::GroupedStep& step, std::size_t count);

/// That its steps begin, and the intents of all of them. `witnesses`: one a statement.
std::vector<core::JournalWrite> beginning(const core::StepGroup& group,
                                          std::vector<core::Witness> witnesses,
                                          const core::LogPosition& log_position);

}  // namespace migrate::app
