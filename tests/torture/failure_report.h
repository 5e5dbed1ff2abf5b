#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "iteration.h"
#include "options.h"

namespace migrate::torture {

/// Keeps what is needed to look into a failure: `failure-<iteration>` in the ground's folder, with
/// the steps, what each run said and a report; where there was a comparison, both sides of it.
/// Returns the report: what was wrong, each run and its kill, and how to try it again.
std::string keep_failure(const Ground& ground, const Options& options, std::uint64_t iteration,
                         const Reference& reference, const Outcome& outcome);

}  // namespace migrate::torture
