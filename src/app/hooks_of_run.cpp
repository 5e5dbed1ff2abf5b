#include "hooks_of_run.h"

#include <string_view>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/event.h"
#include "core/fault.h"

namespace migrate::app {
namespace {

using core::ExitCode;
using core::ProgramEnding;

/// Tells what a hook says, and hands a signal on to it.
class Listening : public port::ProgramListener {
 public:
  Listening(const RunPorts& ports, std::string_view program)
      : ports_(ports), program_(program), came_before_(ports.cancellation.requested()) {}

  void said(std::string_view line) override {
    ports_.events.on(
        core::event::ProgramSaid{.program = std::string(program_), .line = std::string(line)});
  }
  std::optional<ExitCode> stop() override {
    if (came_before_) return std::nullopt;
    return ports_.cancellation.requested();
  }

 private:
  const RunPorts& ports_;
  std::string_view program_;
  const std::optional<ExitCode> came_before_;
};

std::string_view result_of(ExitCode code) {
  switch (code) {
    case ExitCode::done:
      return "done";
    case ExitCode::interrupted:
    case ExitCode::terminated:
      return "stopped";
    case ExitCode::refused:
    case ExitCode::drift:
      return "refused";
    case ExitCode::in_doubt:
      return "in_doubt";
    case ExitCode::check_failed:
      return "check_failed";
    case ExitCode::unavailable:
    case ExitCode::locked:
      return "lost";
    default:
      return "failed";
  }
}

}  // namespace

HooksOfRun::Step HooksOfRun::step_of(const core::PlannedStep& planned) {
  return {.id = planned.step.id,
          .name = planned.step.name,
          .direction = planned.direction,
          .path = planned.script.path};
}

void HooksOfRun::on(const core::Event& event) {
  if (const auto* started = std::get_if<core::event::StepStarted>(&event))
    under_way_ = step_of(started->planned);
  if (std::holds_alternative<core::event::StepDone>(event)) under_way_.reset();
  ports_.events.on(event);
}

std::optional<core::Refusal> HooksOfRun::before_run(const core::Plan& plan) {
  steps_ = plan.steps.size();
  owes_end_ = true;
  const auto ending = run(Moment::before_run);
  if (!ending || ending->succeeded()) return std::nullopt;
  const auto stop = ports_.cancellation.requested();
  if (ending->how == ProgramEnding::How::stopped && stop) {
    return core::Refusal{.code = *stop,
                         .reason = "stopped while the hook before_run ran; nothing ran"};
  }
  core::Refusal refused =
      refusal(Moment::before_run, *ending, fmt::format("migrate {}", ports_.command));
  refused.reason += "; nothing ran";
  return refused;
}

ExitCode HooksOfRun::after_run() {
  owes_end_ = false;
  run_behind(Moment::after_run, ExitCode::done);
  return ports_.cancellation.requested().value_or(ExitCode::done);
}

void HooksOfRun::on_failure(ExitCode code) {
  if (!owes_end_) return;
  owes_end_ = false;
  run_behind(Moment::on_failure, code);
}

bool HooksOfRun::are_around_steps() const {
  const auto& commands = hooks_.hooks.commands;
  return commands.contains(Moment::before_step) || commands.contains(Moment::after_step);
}

std::optional<core::Refusal> HooksOfRun::before_step(const core::PlannedStep& planned,
                                                     std::size_t number) {
  if (number <= last_begun_ || ports_.cancellation.requested()) return std::nullopt;
  last_begun_ = number;
  under_way_ = step_of(planned);
  const auto ending = run(Moment::before_step);
  const bool may_begin =
      !ending || ending->succeeded() || ending->how == ProgramEnding::How::stopped;
  if (may_begin) return std::nullopt;
  return refusal(Moment::before_step, *ending,
                 ports_.command == "up" ? "migrate up" : "migrate status");
}

void HooksOfRun::after_step(const core::PlannedStep& planned, std::size_t number) {
  if (number <= last_ended_) return;
  last_ended_ = number;
  under_way_ = step_of(planned);
  run_behind(Moment::after_step, ExitCode::done);
  under_way_.reset();
}

std::vector<core::JournalWrite> HooksOfRun::take_records() {
  return std::exchange(records_, {});
}

std::optional<ProgramEnding> HooksOfRun::run(Moment moment, const std::optional<ExitCode>& code) {
  const auto found = hooks_.hooks.commands.find(moment);
  if (found == hooks_.hooks.commands.end()) return std::nullopt;
  const core::hook::Call called = call(moment);
  ports_.events.on(core::event::HookStarted{called});
  Listening listening(ports_, name_of(moment));
  ProgramEnding ending = hooks_.programs->run({.argv = found->second.argv,
                                               .variables = variables(moment, code),
                                               .time_limit = hooks_.hooks.time_limit},
                                              listening);
  ports_.events.on(core::event::HookEnded{called, ending});
  core::journal::Logged logged{.event = ending.succeeded() ? "hook" : "hook failed",
                               .duration_us = ending.duration_us,
                               .message = fmt::format("{}: {}", words_of(called), ending.words)};
  if (under_way_) {
    logged.step = under_way_->id;
    logged.step_name = under_way_->name;
  }
  records_.emplace_back(std::move(logged));
  return ending;
}

void HooksOfRun::run_behind(Moment moment, ExitCode code) {
  const auto ending = run(moment, code);
  if (!ending || ending->succeeded()) return;
  std::string warning = fmt::format("the hook {}: {}", words_of(call(moment)), ending->words);
  if (!ending->last_lines.empty())
    warning += fmt::format("; it said at the end: {}", ending->last_lines.back());
  ports_.events.on(core::event::Warned{std::move(warning)});
}

std::vector<std::pair<std::string, std::string>> HooksOfRun::variables(
    Moment moment, const std::optional<ExitCode>& code) const {
  // Each is always there: a script may be strict about those that are not set, and none may come
  // from a run in whose hook this one runs.
  const Step step = under_way_.value_or(Step{});
  const bool has_step = under_way_.has_value();
  auto variables = hooks_.variables;
  for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
           {"MIGRATE_HOOK", std::string(name_of(moment))},
           {"MIGRATE_COMMAND", ports_.command},
           {"MIGRATE_RUN", ports_.run_id},
           {"MIGRATE_STEPS", fmt::format("{}", steps_)},
           {"MIGRATE_STEP", has_step ? core::display_name(step.id, step.name) : ""},
           {"MIGRATE_FILE", step.path},
           {"MIGRATE_DIRECTION",
            !has_step ? "" : (step.direction == core::Direction::up ? "up" : "down")},
           {"MIGRATE_RESULT", code ? std::string(result_of(*code)) : ""},
           {"MIGRATE_EXIT_CODE", code ? fmt::format("{}", static_cast<int>(*code)) : ""}})
    variables.emplace_back(name, value);
  return variables;
}

core::Refusal HooksOfRun::refusal(Moment moment, const ProgramEnding& ending,
                                  const std::string& way_on) const {
  return {.reason = fmt::format("the hook {}: {}", words_of(call(moment)), ending.words),
          .way_out = fmt::format("mend what it complains of, or the hook ({}); then: {}",
                                 hooks_.hooks.commands.at(moment).origin, way_on),
          .detail = fmt::format("{}", fmt::join(ending.last_lines, "\n"))};
}

core::hook::Call HooksOfRun::call(Moment moment) const {
  return {.moment = moment,
          .command = hooks_.hooks.commands.at(moment).shown,
          .step = under_way_ ? core::display_name(under_way_->id, under_way_->name) : ""};
}

}  // namespace migrate::app
