#pragma once

#include <optional>
#include <vector>

#include "app/check.h"
#include "app/ports.h"
#include "core/journal_write.h"
#include "core/plan.h"

namespace migrate::app {

/// The checks around the statements of one run. Without any it asks nothing.
class ChecksOfRun {
 public:
  /// Both must outlive it.
  ChecksOfRun(const RunPorts& ports, const RunChecks& checks) : ports_(ports), checks_(checks) {}

  /// In front of the first statement. A refusal: nothing may run; or a signal came. Throws
  /// Fault(unavailable) when the server cannot be asked.
  std::optional<core::Refusal> refuse_before();

  /// Behind the last one. check_failed when an error is found, the signal's code when one came
  /// before all was asked, or done. What cannot be asked counts as found.
  core::ExitCode ask_after();

  /// What the log keeps: what was skipped and why, and what was found so far.
  std::vector<core::JournalWrite> take_records();

 private:
  void tell(core::check::Moment moment, const core::check::Look& look);

  const RunPorts& ports_;
  const RunChecks& checks_;
  std::vector<core::JournalWrite> records_;
};

}  // namespace migrate::app
