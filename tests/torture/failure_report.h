#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "iteration.h"
#include "options.h"

namespace migrate::torture {

/// Keeps what is needed to look into a failure: `failure-<iteration>` in the ground's folder, with
/// the steps, what each run said, the log of the server, what was expected and what was found.
/// Returns the report: what was wrong, each run and its kill, and how to try it again.
std::string keep_failure(Ground& ground, const Options& options, std::uint64_t iteration,
                         const Reference& reference, const Outcome& outcome);

}  // namespace migrate::torture
