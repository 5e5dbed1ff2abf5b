#include "step_records.h"

#include <fmt/format.h>

#include "record.h"

namespace migrate::app {
namespace {

std::string words_of(const core::ServerError& error) {
  if (error.code == 0 && !error.message.empty()) return error.message;  // a tool's
  return fmt::format("error {} ({}): {}", error.code, error.sqlstate, error.message);
}

}  // namespace

core::journal::StepOpened opened(const core::PlannedStep& planned) {
  return {.id = planned.step.id,
          .name = planned.step.name,
          .direction = planned.direction,
          .checksum = planned.step.up.checksum,
          .total = planned.script.shape.statements()};
}

core::event::StepFailed failure_at(const core::PlannedStep& planned,
                                   const core::NumberedStatement& statement,
                                   std::uint64_t committed) {
  const core::Script& script = planned.script;
  return {.id = planned.step.id,
          .name = planned.step.name,
          .direction = planned.direction,
          .path = script.path,
          .position = statement.statement.position,
          .index = statement.index,
          .total = script.shape.statements(),
          .statement = statement.statement.text.substr(0, core::failed_text_bytes),
          .committed = committed};
}

core::journal::Logged logged(const core::event::StepFailed& failed, std::uint64_t duration_us) {
  return {.event = failed.cancelled ? "stopped" : "failed",
          .step = failed.id,
          .step_name = failed.name,
          .statement = failed.index,
          .duration_us = duration_us,
          .message =
              fmt::format("{}:{}: {}", failed.path, failed.position.line, words_of(failed.error))};
}

core::Fault unwritten(const core::PlannedStep& planned, const core::NumberedStatement& at,
                      const core::Fault& fault) {
  const core::Script& script = planned.script;
  return {fault.code(),
          fmt::format("{}:{}: at statement {} of {} of {}: {}", script.path,
                      at.statement.position.line, at.index, script.shape.statements(),
                      core::display_name(planned.step.id, planned.step.name), fault.what()),
          fault.hint()};
}

void record_failure(port::Session& session, const core::PlannedStep& planned,
                    const core::NumberedStatement& at, const core::event::StepFailed& failed,
                    const std::vector<core::JournalWrite>& writes) {
  try {
    record(session, writes);
  } catch (const core::Fault& fault) {
    if (fault.code() == core::ExitCode::unavailable) throw;
    throw unwritten(
        planned, at,
        core::Fault(fault.code(),
                    fmt::format("error {} ({}): {}; then {}", failed.error.code,
                                failed.error.sqlstate, failed.error.message, fault.what()),
                    fault.hint()));
  }
}

}  // namespace migrate::app
