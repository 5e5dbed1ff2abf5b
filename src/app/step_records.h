#pragma once

#include <cstdint>
#include <vector>

#include "core/event.h"
#include "core/fault.h"
#include "core/journal_write.h"
#include "core/plan.h"
#include "core/unit.h"
#include "port/session.h"

// What is recorded and told of a planned step.
namespace migrate::app {

core::journal::StepOpened opened(const core::PlannedStep& planned);

/// In front of `statement`, or in it. `committed`: statements of the step that stay.
core::event::StepFailed failure_at(const core::PlannedStep& planned,
                                   const core::NumberedStatement& statement,
                                   std::uint64_t committed);

/// The log's row about a failure that the server told.
core::journal::Logged logged(const core::event::StepFailed& failed, std::uint64_t duration_us);

/// Says where the history could not be written.
core::Fault unwritten(const core::PlannedStep& planned, const core::NumberedStatement& at,
                      const core::Fault& fault);

/// Records what remains of a failed step, and that it failed. Where that cannot be written the
/// Fault says both.
void record_failure(port::Session& session, const core::PlannedStep& planned,
                    const core::NumberedStatement& at, const core::event::StepFailed& failed,
                    const std::vector<core::JournalWrite>& writes);

}  // namespace migrate::app
