#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "core/check/result.h"
#include "core/exit_code.h"
#include "port/cancellation.h"
#include "port/check_queries.h"
#include "port/clock.h"

namespace migrate::app {

/// The world of whoever asks checks.
struct CheckPorts {
  port::CheckQueries& queries;
  port::Cancellation& cancellation;
  const port::Clock& clock;
};

/// Asks each check once, in order. A signal ends the query on the server; that one and those behind
/// it are then missing in the look. Throws Fault(unavailable) when the server cannot be asked.
core::check::Look look_at(const CheckPorts& ports, const std::vector<core::check::Check>& checks);

/// Looks, and looks again every `interval` from the start of the look before, until a signal comes;
/// returns its exit code. A look for which the server cannot be reached is one too, whose checks
/// are all `unknown`. `show` gets each look, and the one before it (null: it is the first).
core::ExitCode watch(
    const CheckPorts& ports, const std::vector<core::check::Check>& checks,
    std::chrono::milliseconds interval,
    const std::function<void(const core::check::Look&, const core::check::Look* before)>& show);

/// A check that a run is told not to ask, and why.
struct SkippedCheck {
  std::string name;
  std::string reason;
};

/// What `up` asks around its statements, beside those that it is told not to ask. Without checks
/// `queries` is never used.
struct RunChecks {
  std::vector<core::check::Check> before;
  std::vector<core::check::Check> after;
  std::vector<SkippedCheck> skipped;
  port::CheckQueries* queries = nullptr;  ///< not null where there are checks
};

}  // namespace migrate::app
