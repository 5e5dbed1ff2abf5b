#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/journal_write.h"
#include "core/step_group.h"
#include "core/witness.h"
#include "port/schema.h"

// What is recorded of a group of steps.
namespace migrate::app {

/// The hashes of the first `count` statements of a step.
std::vector<std::string> hashes(const core::GroupedStep& step, std::size_t count);

/// One look at the objects of all: a witness a statement. Throws as Schema::definitions().
std::vector<core::Witness> witnesses_of(const core::StepGroup& group, port::Schema& live);

/// That its steps begin, and the intents of all of them.
std::vector<core::JournalWrite> beginning(const core::StepGroup& group,
                                          std::vector<core::Witness> witnesses,
                                          const core::LogPosition& log_position);

}  // namespace migrate::app
