#include "app/exec.h"

#include <variant>

#include <fmt/format.h>

#include "app/locked_sessions.h"
#include "record.h"
#include "run_cancellable.h"
#include "stopwatch.h"

namespace migrate::app {
namespace {

/// The statements of `script`, one after the other; how it ended, in words for the log.
struct ExecOutcome {
  core::ExitCode code = core::ExitCode::done;
  std::string words = "every statement succeeded";
};

ExecOutcome run_statements(const RunPorts& ports, port::Session& session,
                           const core::Script& script) {
  const auto statements = ports.steps.open(script);
  const std::uint64_t total = script.shape.statements();
  while (auto statement = statements->next()) {
    const core::Position at = statement->statement.position;
    core::event::StepFailed failed{
        .name = script.path,
        .path = script.path,
        .position = at,
        .index = statement->index,
        .total = total,
        .statement = statement->statement.text.substr(0, core::failed_text_bytes),
        .committed = statement->index - 1};
    if (const auto stop = ports.cancellation.requested()) {
      failed.cancelled = true;
      ports.events.on(failed);
      return {*stop, fmt::format("stopped by a signal before statement {}", statement->index)};
    }
    ports.events.on(core::event::StatementStarted{
        .index = statement->index,
        .total = total,
        .position = at,
        .text = statement->statement.text.substr(0, core::started_text_bytes)});
    const auto outcome = run_cancellable(
        session, ports.cancellation, {statement->statement}, [&](const core::ItemResult& result) {
          if (result.error) return;
          ports.events.on(core::event::StatementDone{.index = statement->index,
                                                     .affected_rows = result.affected_rows,
                                                     .warnings = result.warnings,
                                                     .duration_us = result.duration_us});
        });
    if (outcome.end == core::PacketOutcome::End::complete) continue;
    failed.error = outcome.error;
    failed.cancelled = ports.cancellation.requested().has_value();
    ports.events.on(failed);
    const core::ExitCode code = outcome.end == core::PacketOutcome::End::lost
                                    ? core::ExitCode::unavailable
                                    : core::ExitCode::statement_failed;
    return {ports.cancellation.requested().value_or(code),
            fmt::format("{}:{}: error {}: {}", script.path, at.line, outcome.error.code,
                        outcome.error.message)};
  }
  return {};
}

}  // namespace

core::ExitCode exec(const RunPorts& ports, const core::Script& script) {
  const Stopwatch stopwatch(ports.clock);
  const auto finish = [&](core::ExitCode code) {
    ports.events.on(core::event::RunFinished{.code = code, .duration_us = stopwatch.elapsed_us()});
    return code;
  };
  auto opened = LockedSessions::open(ports.server.connect(), ports.server, ports.events,
                                     ports.cancellation, ports.patience);
  if (const auto* refusal = std::get_if<core::Refusal>(&opened)) {
    ports.events.on(core::event::Refused{*refusal});
    return finish(refusal->code);
  }
  auto& sessions = std::get<LockedSessions>(opened);
  const core::Plan no_plan;
  const core::guard::Judgement judgement = ports.guards.judge({.command = ports.command,
                                                               .plan = no_plan,
                                                               .file = &script,
                                                               .frozen = std::nullopt,
                                                               .session = sessions.control(),
                                                               .steps = ports.steps});
  if (!judgement.allowed()) {
    ports.events.on(core::event::Refused{judgement.refusal()});
    return finish(core::ExitCode::refused);
  }
  ports.events.on(core::event::RunStarted{.run_id = ports.run_id,
                                          .command = ports.command,
                                          .server = sessions.control().info(),
                                          .steps = 0,
                                          .statements = script.shape.statements()});
  sessions.control().history().prepare();
  std::vector<core::JournalWrite> beginning = judgement.record();
  beginning.emplace_back(core::journal::Logged{
      .event = "exec started",
      .step_name = script.path,
      .message =
          fmt::format("{} ({} {})", script.path, script.checksum.rule, script.checksum.hex)});
  record(sessions.control(), beginning);
  sessions.work().set_local_infile(script.directives.local_infile ? port::LocalInfile::allowed
                                                                  : port::LocalInfile::refused);
  const ExecOutcome outcome = run_statements(ports, sessions.work(), script);
  record(sessions.control(), {core::journal::Logged{.event = "exec finished",
                                                    .step_name = script.path,
                                                    .duration_us = stopwatch.elapsed_us(),
                                                    .message = outcome.words}});
  if (outcome.code == core::ExitCode::done) {
    ports.events.on(core::event::Recorded{
        fmt::format("{}: {} statements ran", script.path, script.shape.statements())});
  }
  return finish(outcome.code);
}

}  // namespace migrate::app
