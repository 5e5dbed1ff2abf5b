#include "core/report.h"

#include <algorithm>
#include <ranges>

namespace migrate::core {

namespace {

/// The step that an event speaks of: the latest that started with this id and is not done.
StepReport* open_step(std::vector<StepReport>& steps, const StepId& id, Direction direction) {
  auto latest_first = std::views::reverse(steps);
  const auto found = std::ranges::find_if(latest_first, [&](const StepReport& step) {
    return step.id == id && step.direction == direction && !step.done;
  });
  return found == latest_first.end() ? nullptr : &*found;
}

class Fold {
 public:
  explicit Fold(RunReport& report) : report_(report) {}

  // Waiting leaves no trace in the report: a lock that was never had is a refusal.
  void operator()(const event::LockWaiting&) {}
  void operator()(const event::OrphanWaiting&) {}
  void operator()(const event::ConnectionLost&) {}
  void operator()(const event::Moving&) {}
  void operator()(const event::Blocked&) {}
  // Of a hook, what matters is the refusal or the warning that it comes to.
  void operator()(const event::HookStarted&) {}
  void operator()(const event::ProgramSaid&) {}
  void operator()(const event::HookEnded&) {}
  void operator()(const event::Progressed&) {}

  void operator()(const event::Reconnected&) { ++report_.reconnects; }
  void operator()(const event::Retrying&) { ++report_.lock_retries; }
  void operator()(const event::BlockerEnded& ended) {
    report_.recorded.push_back("ended what was in the way: " + words_of(ended.blocker));
  }
  void operator()(const event::Settled& settled) { report_.settled.push_back(settled.message); }

  void operator()(const event::Recorded& recorded) { report_.recorded.push_back(recorded.message); }

  void operator()(const event::Refused& refused) { report_.refusal = refused.refusal; }

  // `redo` is two runs under one command, so what is counted adds up.
  void operator()(const event::RunStarted& started) {
    report_.run_id = started.run_id;
    report_.command = started.command;
    report_.server = started.server;
    report_.planned_steps += started.steps;
  }

  void operator()(const event::StepStarted& started) {
    const Step& step = started.planned.step;
    report_.steps.push_back({step.id, step.name, started.planned.direction});
  }

  void operator()(const event::StatementStarted&) {}

  void operator()(const event::StatementDone& done) {
    if (report_.steps.empty()) return;
    StepReport& step = report_.steps.back();
    ++step.statements_run;
    step.affected_rows += done.affected_rows;
    step.warnings += done.warnings;
  }

  // A step whose last statement an earlier run had finished is recorded without ever starting.
  void operator()(const event::StepDone& done) {
    StepReport* step = open_step(report_.steps, done.id, done.direction);
    if (step == nullptr) {
      step = &report_.steps.emplace_back(StepReport{done.id, done.name, done.direction});
    }
    step->done = true;
    step->duration_us = done.duration_us;
  }

  void operator()(const event::StepFailed& failed) { report_.failure = failed; }
  void operator()(const event::Warned& warned) { report_.warnings.push_back(warned.message); }

  void operator()(const event::Checked& checked) { report_.checks.push_back(checked); }

  void operator()(const event::RunFinished& finished) {
    report_.code = finished.code;
    report_.duration_us += finished.duration_us;
  }

 private:
  RunReport& report_;
};

}  // namespace

void RunReport::add(const Event& event) {
  std::visit(Fold(*this), event);
}

}  // namespace migrate::core
