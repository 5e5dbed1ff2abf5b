#include "app/runner.h"

#include "step_run.h"

namespace migrate::app {

Runner::Runner(LockedSessions& sessions, port::StepSource& steps, port::EventSink& events,
               port::Cancellation& cancellation, const port::Clock& clock)
    : sessions_(sessions),
      steps_(steps),
      events_(events),
      cancellation_(cancellation),
      clock_(clock) {}

core::ExitCode Runner::run(const core::Plan& plan, std::size_t before) {
  steps_done_ = 0;
  lost_.reset();
  for (const core::PlannedStep& planned : plan.steps) {
    events_.on(core::event::StepStarted{.planned = planned, .number = before + steps_done_ + 1});
    StepRun step(planned, sessions_, steps_, events_, cancellation_, clock_);
    const core::ExitCode code = step.run();
    if (code == core::ExitCode::unavailable) lost_ = step.lost();
    if (code != core::ExitCode::done) return code;
    ++steps_done_;
  }
  const auto signalled = cancellation_.requested();
  if (signalled) {
    events_.on(core::event::Warned{
        "the signal came during the last statement, which succeeded: everything is done"});
  }
  return signalled.value_or(core::ExitCode::done);
}

}  // namespace migrate::app
