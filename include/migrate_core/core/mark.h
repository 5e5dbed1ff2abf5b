#pragma once

#include <cstdint>
#include <string>

#include "core/step.h"

namespace migrate::core {

/// What a statement of a step carries into the server's process list and binary log:
/// "versioned 20260101 up 3". With the run's id in front of it, it is unique.
std::string mark_of(const StepId& id, Direction direction, std::uint64_t statement);

/// A statement as a process list shows it, without the comment that held its mark.
std::string without_mark(const std::string& statement);

}  // namespace migrate::core
