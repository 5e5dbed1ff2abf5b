#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "app/guard/run_boundary.h"
#include "app/locked_sessions.h"
#include "core/event.h"
#include "core/exit_code.h"
#include "core/journal_write.h"
#include "core/plan.h"
#include "port/background.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/step_source.h"

namespace migrate::core {
class StepGroup;
}

namespace migrate::app {

class GroupAhead;
class HooksOfRun;
class LockRetries;
class OnlineAlters;
class SchemaKeeping;
class StepTelling;

/// Runs plans. For every unit of statements the history durably holds an intent before the unit can
/// become durable, and the word that it is done together with it or right after it, so at any
/// moment the history and the schema can be told apart. What happens is told as events; how it
/// ended is the exit code. Not thread-safe.
class Runner {
 public:
  Runner(LockedSessions& sessions, port::StepSource& steps, port::EventSink& events,
         port::Cancellation& cancellation, const port::Clock& clock,
         const RunBoundaries& boundaries, const LockPatience& patience, HooksOfRun& hooks,
         const OnlineAlters& online, SchemaKeeping& keeping, port::Background& background);
  ~Runner();
  Runner(const Runner&) = delete;
  Runner& operator=(const Runner&) = delete;

  /// done, statement_failed, unavailable (the connection was lost), refused (a guard that is asked
  /// again stopped it between two units, or a hook in front of a step), or interrupted/terminated
  /// (also when the signal came too late to stop anything). But for unavailable the history says
  /// exactly how far it came. `before`: steps of the same run that came before this plan.
  core::ExitCode run(const core::Plan& plan, std::size_t before = 0);

  /// Of the plan that ran last: so many of its steps are known to be recorded as done.
  std::size_t steps_done() const;
  /// Where the connection was lost; nothing when it was lost outside of a step's statements.
  const std::optional<core::event::StepFailed>& lost() const { return lost_; }
  /// Why it was stopped; for the exit code `refused`.
  const core::Refusal& refusal() const { return refusal_; }

  /// Of `plan`, which ran last, only `left` is left to do: tells of the others that they are done,
  /// where that was not told, and returns how many those are.
  std::size_t tell_done(const core::Plan& plan, std::size_t before, const core::Plan& left);

 private:
  core::ExitCode run_steps(const core::Plan& plan, std::size_t before);
  /// The small steps from `first` on that travel together; none when the one there goes alone, as
  /// all do between hooks, which must not be told that a step begins when it is done already.
  core::StepGroup group_from(const core::Plan& plan, std::size_t first) const;
  /// The same while others run; nothing where a file cannot be read: that is told when its turn
  /// comes.
  std::optional<core::StepGroup> group_ahead(const core::Plan& plan, std::size_t first) const;
  /// A guard that is asked again would stop one of them.
  bool is_in_the_way_of(const core::StepGroup& group) const;
  core::ExitCode run_one(const core::PlannedStep& planned, std::size_t number);
  core::ExitCode run_group(const core::StepGroup& group, std::size_t first_number,
                           GroupAhead& ahead, const std::function<void()>& meanwhile);
  void record_ends();

  LockedSessions& sessions_;
  port::StepSource& steps_;
  port::EventSink& events_;
  port::Cancellation& cancellation_;
  const port::Clock& clock_;
  const RunBoundaries& boundaries_;
  HooksOfRun& hooks_;
  const OnlineAlters& online_;
  SchemaKeeping& keeping_;
  port::Background& background_;
  std::unique_ptr<LockRetries> retries_;
  std::unique_ptr<StepTelling> telling_;
  std::vector<core::JournalWrite> ends_;  ///< of steps: wait for the next transaction to ride in
  std::size_t steps_ended_ = 0;           ///< recorded or waiting
  std::optional<core::event::StepFailed> lost_;
  core::Refusal refusal_;
};

}  // namespace migrate::app
