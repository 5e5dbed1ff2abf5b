#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/step.h"
#include "port/step_source.h"

namespace migrate::app {

/// A statement whose text says that it may not be the same each time.
struct Suspect {
  std::uint64_t statement = 1;  ///< of the up file
  std::string message;
};

/// By the rules of `lint`.
std::vector<Suspect> suspects_of(const core::Step& step, port::StepSource& steps);

}  // namespace migrate::app
