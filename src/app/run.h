#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/guard/guard.h"
#include "app/hooks.h"
#include "app/locked_sessions.h"
#include "app/ports.h"
#include "app/runner.h"
#include "core/catalog.h"
#include "core/fault.h"
#include "core/journal_write.h"
#include "core/plan.h"
#include "hooks_of_run.h"
#include "run_checks.h"
#include "schema_keeping.h"
#include "stopwatch.h"

namespace migrate::app {

/// What is around the statements of a run. Without checks and hooks it does nothing.
struct Around {
  explicit Around(const RunPorts& ports);
  Around(const RunPorts& ports, const RunHooks& of_hooks);
  Around(const RunPorts& ports, const RunChecks& of_checks, const RunHooks& of_hooks)
      : checks(ports, of_checks), hooks(ports, of_hooks) {}

  ChecksOfRun checks;
  HooksOfRun hooks;
};

/// One use case from its locks to its last event.
class Run {
 public:
  explicit Run(const RunPorts& ports) : ports_(ports), stopwatch_(ports.clock) {}

  /// Takes the locks; false when that was refused.
  bool open();

  /// Takes the locks and records what became of statements that were in flight when a run ended, as
  /// far as it can be told.
  bool open_settled();

  /// Connects, and looks without taking a lock; nothing: a run is under way, or left something.
  std::optional<core::History> look();

  /// Tells that there is nothing to do.
  void pass(const core::Plan& empty) { begin(empty, looking_->info()); }

  port::Session& control() { return sessions_->control(); }

  /// Asks the guards; false when one refuses. `dropped`: objects that go first.
  bool allowed(const core::Plan& plan, const std::optional<std::string>& frozen,
               std::vector<core::ObjectName> dropped = {});

  /// Runs a plan if the guards let it pass, or tells why there is none. `frozen`: the plan's hash.
  void run(const core::PlanResult& result, Around& around,
           const std::optional<std::string>& frozen = std::nullopt);

  /// Runs a plan that the guards have let pass, with nothing around it.
  void start(const core::Plan& plan);
  core::ExitCode code() const { return code_; }

  /// What ran of the step that has just failed is undone. The exit code stays that of the failure.
  void undo_failed_step(const core::Catalog& catalog);

  /// Behind all, where it did not end well.
  void tell_failure(HooksOfRun& hooks);

  /// Tells why it does not go on.
  void refuse(const core::Refusal& refusal);

  /// Tells that it goes on, and with what.
  void begin(const core::Plan& plan, const core::ServerInfo& server);

  /// Tells how it ended. What it does behind that is no part of it.
  core::ExitCode finish();

 private:
  void start(const core::Plan& plan, Around& around, const std::string& frozen);

  /// Looks at what a run left without having looked.
  void mend_schema(const core::Plan& plan);

  core::journal::Logged finished() const;

  void check_shapes(const core::Plan& plan);

  void settle();

  /// Of a statement that ran, as it may have, through a tool that was killed with its run.
  void tell_what_a_tool_left(core::ObjectName table);

  /// Runs the plan to its end, over as many connections as that takes.
  void carry_out(const core::Plan& plan, port::EventSink& events, HooksOfRun& hooks,
                 SchemaKeeping& keeping);

  /// The fault that broke the run off, if it was one.
  std::optional<core::Fault> run_once(Runner& runner, const core::Plan& plan, std::size_t before);

  /// Connects again, takes both locks and settles what was in flight. False: it could not, and
  /// code_ says why.
  bool reconnect(const std::optional<core::Fault>& fault, const Runner& runner);

  const RunPorts& ports_;
  Stopwatch stopwatch_;
  std::unique_ptr<port::Session> looking_;  ///< before there are locks
  std::optional<LockedSessions> sessions_;
  core::guard::Judgement judgement_;
  RunBoundaries boundaries_;
  core::ExitCode code_ = core::ExitCode::done;
  bool has_begun_ = false;  ///< what it does is written down from now on
};

}  // namespace migrate::app
