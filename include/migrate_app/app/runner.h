#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/locked_sessions.h"
#include "core/event.h"
#include "core/exit_code.h"
#include "core/packet.h"
#include "core/plan.h"
#include "core/unit.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/step_source.h"

namespace migrate::app {

/// Runs plans. For every unit of statements the history durably holds an intent before the unit can
/// become durable, and the word that it is done together with it or right after it, so at any
/// moment the history and the schema can be told apart. What happens is told as events; how it
/// ended is the exit code. Not thread-safe.
class Runner {
 public:
  Runner(LockedSessions& sessions, port::StepSource& steps, port::EventSink& events,
         port::Cancellation& cancellation, const port::Clock& clock);

  /// done, statement_failed, unavailable (the connection was lost), or interrupted/terminated (also
  /// when the signal came too late to stop anything).
  /// After statement_failed and after a signal the history says exactly how far it came.
  /// `before`: steps of the same run that came before this plan.
  core::ExitCode run(const core::Plan& plan, std::size_t before = 0);

  /// Of the plan that ran last: so many of its steps are known to be done.
  std::size_t steps_done() const { return steps_done_; }
  /// Where the connection was lost; nothing when it was lost outside of a step's statements.
  const std::optional<core::event::StepFailed>& lost() const { return lost_; }

 private:
  LockedSessions& sessions_;
  port::StepSource& steps_;
  port::EventSink& events_;
  port::Cancellation& cancellation_;
  const port::Clock& clock_;
  std::size_t steps_done_ = 0;
  std::optional<core::event::StepFailed> lost_;
};

}  // namespace migrate::app
