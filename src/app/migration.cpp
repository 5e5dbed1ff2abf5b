#include "app/migration.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/drift.h"
#include "app/locked_sessions.h"
#include "app/planning.h"
#include "app/runner.h"
#include "app/shape_check.h"
#include "core/fault.h"
#include "examination.h"
#include "hooks_of_run.h"
#include "lost_connection.h"
#include "measuring.h"
#include "online_alters.h"
#include "open_intents.h"
#include "record.h"
#include "run_checks.h"
#include "schema_keeping.h"
#include "stopwatch.h"

namespace migrate::app {
namespace {

using core::ExitCode;

const RunChecks no_checks{};
const RunHooks no_hooks{};

/// What is around the statements of a run.
struct Around {
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
  bool open() {
    auto opened =
        LockedSessions::open(looking_ ? std::move(looking_) : ports_.server.connect(),
                             ports_.server, ports_.events, ports_.cancellation, ports_.patience);
    if (auto* refusal = std::get_if<core::Refusal>(&opened)) {
      refuse(*refusal);
      return false;
    }
    sessions_.emplace(std::get<LockedSessions>(std::move(opened)));
    return true;
  }

  /// Takes the locks and records what became of statements that were in flight when a run ended, as
  /// far as it can be told.
  bool open_settled() {
    if (!open()) return false;
    settle();
    return true;
  }

  /// Connects, and looks without taking a lock; nothing: a run is under way, or left something.
  std::optional<core::History> look() {
    looking_ = ports_.server.connect();
    return history_at_rest(*looking_);
  }

  /// Tells that there is nothing to do.
  void pass(const core::Plan& empty) { begin(empty, looking_->info()); }

  port::Session& control() { return sessions_->control(); }

  /// Asks the guards; false when one refuses. `dropped`: objects that go first.
  bool allowed(const core::Plan& plan, const std::optional<std::string>& frozen,
               std::vector<core::ObjectName> dropped = {}) {
    const GuardedRun guarded{.command = ports_.command,
                             .plan = plan,
                             .dropped = std::move(dropped),
                             .frozen = frozen,
                             .session = control(),
                             .steps = ports_.steps};
    judgement_ = ports_.guards.judge(guarded);
    if (!judgement_.allowed()) {
      refuse(judgement_.refusal());
      return false;
    }
    boundaries_ = ports_.guards.boundaries(guarded, judgement_);
    return true;
  }

  /// Runs a plan if the guards let it pass, or tells why there is none. `frozen`: the plan's hash.
  void run(const core::PlanResult& result, Around& around,
           const std::optional<std::string>& frozen = std::nullopt) {
    if (const auto* refusal = std::get_if<core::Refusal>(&result)) return refuse(*refusal);
    const auto& plan = std::get<core::Plan>(result);
    if (const auto refusal = refuse_without_tool(plan, ports_.online)) return refuse(*refusal);
    if (plan.steps.empty() || allowed(plan, frozen)) start(plan, around, frozen.value_or(""));
  }

  /// Runs a plan that the guards have let pass.
  void start(const core::Plan& plan) {
    Around none(ports_, no_checks, no_hooks);
    start(plan, none, {});
  }
  void start(const core::Plan& plan, Around& around, const std::string& frozen) {
    begin(plan, control().info());
    const core::journal::Logged started{
        .event = core::run_started_event, .message = frozen, .plan = core::run_plan(plan)};
    // In one transaction: the run that was cut off is followed by one that came to its end, or it
    // still is the newest.
    if (plan.ends_cut_off_run) record(control(), {started, finished()});
    if (plan.steps.empty()) return mend_schema(plan);
    if (const auto refusal = around.checks.refuse_before()) return refuse(*refusal);
    if (const auto refusal = around.hooks.before_run(plan)) return refuse(*refusal);
    control().history().prepare();
    has_begun_ = true;
    SchemaKeeping keeping(control(), plan);
    std::vector<core::JournalWrite> beginning{started};
    for (core::JournalWrite& write : around.checks.take_records())
      beginning.push_back(std::move(write));
    for (core::JournalWrite& write : around.hooks.take_records())
      beginning.push_back(std::move(write));
    if (!plan.accepted_drift.empty()) {
      beginning.emplace_back(
          core::journal::Logged{.event = "drift accepted", .message = plan.accepted_drift});
    }
    for (core::JournalWrite& write : judgement_.record()) beginning.push_back(std::move(write));
    keeping.open(control(), std::move(beginning));
    Measuring measuring(around.hooks, measured_tables(plan, control().schema()));
    carry_out(plan, measuring, around.hooks);
    if (code_ == ExitCode::done) check_shapes(plan);
    if (code_ == ExitCode::done) code_ = around.checks.ask_after();
    // In front of "run finished": a `down` that is killed in it must not undo more when it is said
    // again.
    if (code_ == ExitCode::done) code_ = around.hooks.after_run();
    // A run that was broken off is for another to go on with. Without the locks the history is
    // that one's.
    const bool broken_off = code_ == ExitCode::unavailable || code_ == ExitCode::in_doubt;
    if (broken_off || !sessions_) return;
    std::vector<core::JournalWrite> end = measuring.take_records();
    for (core::JournalWrite& write : around.checks.take_records()) end.push_back(std::move(write));
    for (core::JournalWrite& write : around.hooks.take_records()) end.push_back(std::move(write));
    end.emplace_back(finished());
    keeping.keep(control(), std::move(end), ports_.events);
  }

  /// Looks at what a run left without having looked.
  void mend_schema(const core::Plan& plan) {
    if (plan.left_schema_open.empty()) return;
    control().history().prepare();
    SchemaKeeping(control(), plan)
        .keep(control(), {core::journal::Logged{.event = "schema looked at"}}, ports_.events);
  }

  ExitCode code() const { return code_; }

  /// What ran of the step that has just failed is undone. The exit code stays that of the failure.
  void undo_failed_step(const core::Catalog& catalog) {
    const core::History history = control().history().load();
    const auto half = std::ranges::find_if(history.ledger, [](const core::LedgerRow& row) {
      return row.state == core::LedgerState::partly_up;
    });
    if (half == history.ledger.end()) return;  // its transaction took everything back
    const ExitCode failed = code_;
    Examination examination(ports_.steps);
    boundaries_ = RunBoundaries();
    // What was asked for: should it be cut off, the next `up` finishes it first. It is a part of
    // the run that the guards let pass.
    start(
        core::Plan{.steps = {core::turn_back(catalog, *half, std::ref(examination))}, .asked = 1});
    if (code_ == ExitCode::done) code_ = failed;
  }

  /// Behind all, where it did not end well.
  void tell_failure(HooksOfRun& hooks) {
    if (code_ == ExitCode::done) return;
    hooks.on_failure(code_);
    // Where nothing ran, nothing is written; and what a lost run left is for another to go on with.
    if (hooks.records().empty() || !has_begun_ || !sessions_ || code_ == ExitCode::unavailable)
      return;
    try {
      record(control(), hooks.take_records());
    } catch (const core::Fault& fault) {
      ports_.events.on(core::event::Warned{
          fmt::format("the log has nothing of the hook on_failure: {}", fault.what())});
    }
  }

  void refuse(const core::Refusal& refusal) {
    code_ = refusal.code;
    ports_.events.on(core::event::Refused{refusal});
  }

  void begin(const core::Plan& plan, const core::ServerInfo& server) {
    ports_.events.on(core::event::RunStarted{.run_id = ports_.run_id,
                                             .command = ports_.command,
                                             .server = server,
                                             .steps = plan.steps.size(),
                                             .statements = plan.statements()});
    for (const std::string& warning : plan.warnings) ports_.events.on(core::event::Warned{warning});
    for (const std::string& warning : judgement_.warnings)
      ports_.events.on(core::event::Warned{warning});
  }

  ExitCode finish() {
    ports_.events.on(
        core::event::RunFinished{.code = code_, .duration_us = stopwatch_.elapsed_us()});
    return code_;
  }

 private:
  core::journal::Logged finished() const {
    return {.event = "run finished",
            .duration_us = stopwatch_.elapsed_us(),
            .message = fmt::format("exit code {}", static_cast<int>(code_))};
  }

  void check_shapes(const core::Plan& plan) {
    for (const core::PlannedStep& planned : plan.steps) {
      if (planned.step.id.kind != core::StepKind::repeatable) continue;
      auto refusal =
          refuse_other_shape_after(planned.step, sessions_->work().schema(), ports_.steps);
      if (refusal) return refuse(*refusal);
    }
  }

  void settle() {
    const Standing standing = look_at_history(control());
    if (!standing.open) return;
    if (!standing.open->settlement.decided) {
      // What is known of the statements in front must not depend on what is decided of the others.
      if (!standing.verdict.empty()) record(control(), standing.verdict);
      return;
    }
    const core::Settlement& settlement = standing.open->settlement;
    for (const auto* objects : {&settlement.left_to_drop, &settlement.remnants}) {
      for (const core::ObjectName& object : *objects) control().schema().drop(object);
    }
    const core::JournalRow& intent = standing.open->intents.front();
    const core::LedgerRow* step = standing.history.find(intent.id);
    std::vector<core::JournalWrite> writes = standing.verdict;
    writes.emplace_back(core::journal::Logged{.event = "settled",
                                              .step = intent.id,
                                              .step_name = step == nullptr ? "" : step->name,
                                              .statement = intent.first,
                                              .message = standing.told});
    record(control(), writes);
    ports_.events.on(core::event::Settled{standing.told});
    if (settlement.applied == 1 && !intent.witnesses.empty() && intent.witnesses.front().rehearsal)
      tell_what_a_tool_left(intent.witnesses.front().objects.front().changed.object);
  }

  /// Of a statement that ran, as it may have, through a tool that was killed with its run.
  void tell_what_a_tool_left(core::ObjectName table) {
    if (table.schema.empty()) table.schema = control().info().schema;
    const std::string left = OnlineAlters(ports_.online).left_behind(table, control().schema());
    if (!left.empty()) ports_.events.on(core::event::Warned{left});
  }

  /// Runs the plan to its end, over as many connections as that takes.
  void carry_out(const core::Plan& plan, port::EventSink& events, HooksOfRun& hooks) {
    const OnlineAlters online(ports_.online);
    Runner runner(*sessions_, ports_.steps, events, ports_.cancellation, ports_.clock, boundaries_,
                  ports_.patience.statement_locks, hooks, online);
    core::Plan rest = plan;
    std::size_t before = 0;
    Losses losses;
    for (;;) {
      const std::optional<core::Fault> fault = run_once(runner, rest, before);
      if (code_ == ExitCode::refused) refuse(runner.refusal());
      if (code_ != ExitCode::unavailable) return;
      if (!losses.worth_trying(rest, runner) || !reconnect(fault, runner)) {
        if (code_ != ExitCode::unavailable) return;  // another run has the lock, or a signal came
        if (runner.lost()) ports_.events.on(*runner.lost());
        if (fault && !runner.lost()) throw core::Fault(*fault);
        return;
      }
      const core::PlanResult left = go_on_with(rest, runner.steps_done(), control(), ports_.steps);
      if (const auto* refusal = std::get_if<core::Refusal>(&left)) return refuse(*refusal);
      before += runner.tell_done(rest, before, std::get<core::Plan>(left));
      rest = std::get<core::Plan>(left);
    }
  }

  /// The fault that broke the run off, if it was one.
  std::optional<core::Fault> run_once(Runner& runner, const core::Plan& plan, std::size_t before) {
    try {
      code_ = runner.run(plan, before);
    } catch (const core::Fault& fault) {
      if (fault.code() != ExitCode::unavailable) throw;
      code_ = ExitCode::unavailable;
      return fault;
    }
    return std::nullopt;
  }

  /// Connects again, takes both locks and settles what was in flight. False: it could not, and
  /// code_ says why.
  bool reconnect(const std::optional<core::Fault>& fault, const Runner& runner) {
    using std::chrono::milliseconds;
    core::ServerError error;
    if (runner.lost()) error = runner.lost()->error;
    if (fault && error.message.empty()) error.message = fault->what();
    const std::chrono::seconds patience = ports_.patience.reconnect;
    if (patience.count() == 0) return false;
    ports_.events.on(core::event::ConnectionLost{
        .error = error, .timeout_s = static_cast<std::uint64_t>(patience.count())});
    const OwnConnections own(*sessions_);
    sessions_.reset();
    const Stopwatch waited(ports_.clock);
    constexpr milliseconds longest_pause{2000};
    for (milliseconds pause{50};; pause = std::min(2 * pause, longest_pause)) {
      if (const auto stop = ports_.cancellation.requested()) {
        code_ = *stop;
        return false;
      }
      try {
        own.end(ports_.server);
        if (!open_settled()) return false;
        break;
      } catch (const core::Fault& again) {
        sessions_.reset();
        if (again.code() != ExitCode::unavailable) throw;
      }
      if (waited.elapsed_us() / 1'000'000 >= static_cast<std::uint64_t>(patience.count()))
        return false;
      ports_.clock.sleep(pause);
    }
    ports_.events.on(core::event::Reconnected{.after_ms = waited.elapsed_us() / 1000});
    return true;
  }

  const RunPorts& ports_;
  Stopwatch stopwatch_;
  std::unique_ptr<port::Session> looking_;  ///< before there are locks
  std::optional<LockedSessions> sessions_;
  core::guard::Judgement judgement_;
  RunBoundaries boundaries_;
  ExitCode code_ = ExitCode::done;
  bool has_begun_ = false;  ///< what it does is written down from now on
};

/// Does the work of a run, to its last event; should it fail, in any way, the hooks hear of it.
ExitCode run_between(Run& run, Around& around, const std::function<void()>& work) {
  try {
    work();
  } catch (const core::Fault& fault) {
    around.hooks.on_failure(fault.code());
    throw;
  }
  run.tell_failure(around.hooks);
  return run.finish();
}

/// To its end, with what was asked for should a step fail.
ExitCode run_up(Run& run, const core::PlanResult& plan, const core::Catalog& catalog,
                core::OnFailure on_failure, Around& around,
                const std::optional<std::string>& frozen = std::nullopt) {
  return run_between(run, around, [&] {
    run.run(plan, around, frozen);
    const bool undo =
        run.code() == ExitCode::statement_failed && on_failure == core::OnFailure::rollback;
    if (undo) run.undo_failed_step(catalog);
  });
}

}  // namespace

ExitCode up(const RunPorts& ports, const core::UpRequest& request) {
  return up(ports, request, no_checks, no_hooks);
}

ExitCode up(const RunPorts& ports, const core::UpRequest& request, const RunChecks& checks,
            const RunHooks& hooks) {
  Run run(ports);
  std::optional<core::History> at_rest;
  const core::Catalog catalog = load_catalog_while(ports.steps, [&] { at_rest = run.look(); });
  if (at_rest) {
    if (const auto empty = empty_plan_up(*at_rest, ports.steps, catalog, request)) {
      run.pass(*empty);
      return run.finish();
    }
  }
  if (!run.open_settled()) return run.finish();
  Around around(ports, checks, hooks);
  const core::PlanResult plan = plan_up_on(run.control(), ports.steps, catalog, request);
  return run_up(run, plan, catalog, request.on_failure, around);
}

ExitCode up_as_frozen(const RunPorts& ports, const FrozenRequest& frozen, const RunChecks& checks,
                      const RunHooks& hooks) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  if (!run.open_settled()) return run.finish();
  const core::UpRequest& request = frozen.plan.request;
  core::PlanResult result = plan_up_on(run.control(), ports.steps, catalog, request);
  const auto* plan = std::get_if<core::Plan>(&result);
  if (plan != nullptr && !plan->steps.empty()) {
    auto refusal = refuse_other_plan(frozen, *plan, run.control(), ports.tool_version);
    if (refusal) result = std::move(*refusal);
  }
  Around around(ports, checks, hooks);
  return run_up(run, result, catalog, request.on_failure, around, frozen.hash);
}

ExitCode down(const RunPorts& ports, const core::DownRequest& request) {
  return down(ports, request, no_hooks);
}

ExitCode down(const RunPorts& ports, const core::DownRequest& request, const RunHooks& hooks) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  Around around(ports, no_checks, hooks);
  return run_between(run, around, [&] {
    if (run.open_settled())
      run.run(plan_down_on(run.control(), ports.steps, catalog, request), around);
  });
}

ExitCode redo(const RunPorts& ports, const RunHooks& hooks) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  Around around(ports, no_checks, hooks);
  return run_between(run, around, [&] {
    if (run.open_settled()) run.run(plan_redo_on(run.control(), ports.steps, catalog), around);
  });
}

ExitCode baseline(const RunPorts& ports, const core::Version& version) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  if (!run.open()) return run.finish();
  if (!run.control().history().load().empty()) {
    run.refuse(
        {.reason = "this database already has a history; a baseline is only for one that has none",
         .way_out = "see what is applied with: migrate status"});
    return run.finish();
  }
  const core::StepId last{core::StepKind::versioned, version.canonical()};
  if (catalog.find(last) == nullptr) {
    run.refuse({.code = ExitCode::usage,
                .reason = fmt::format("no step on disk has version {}", version.canonical()),
                .way_out = "see the versions with: migrate status"});
    return run.finish();
  }
  std::vector<core::JournalWrite> writes;
  Examination examination(ports.steps);
  for (const core::Step& step : catalog.versioned) {
    if (step.id > last) break;
    writes.emplace_back(core::journal::Baselined{.id = step.id,
                                                 .name = step.name,
                                                 .checksum = step.up.checksum,
                                                 .total = examination(step.up).shape.statements()});
  }
  refuse_problems(examination.problems());
  run.begin({}, run.control().info());
  run.control().history().prepare();
  const std::size_t steps = writes.size();
  keep_whole_schema(run.control(), std::move(writes), ports.events);
  ports.events.on(
      core::event::Recorded{fmt::format("{} step{} up to version {} marked as applied; nothing ran",
                                        steps, steps == 1 ? "" : "s", version.canonical())});
  return run.finish();
}

ExitCode accept_schema(const RunPorts& ports, const std::string& reason) {
  Run run(ports);
  if (!run.open()) return run.finish();
  run.begin({}, run.control().info());
  run.control().history().prepare();
  accept_whole_schema(run.control(),
                      {core::journal::Logged{.event = "schema accepted", .message = reason}});
  ports.events.on(
      core::event::Recorded{"the schema as it is now is what the history expects from now on"});
  return run.finish();
}

ExitCode reset(const RunPorts& ports) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Examination examination(ports.steps);  // before everything is gone
  for (const core::Step& step : catalog.repeatable) examination(step.up);
  for (const core::Step& step : catalog.versioned) examination(step.up);
  refuse_problems(examination.problems());
  Run run(ports);
  if (!run.open()) return run.finish();
  const std::vector<core::ObjectName> dropped = run.control().schema().objects();
  if (!run.allowed({}, std::nullopt, dropped)) return run.finish();
  for (const core::ObjectName& object : dropped) run.control().schema().drop(object);
  const core::PlanResult plan = plan_up_on(run.control(), ports.steps, catalog, {});
  if (const auto* refusal = std::get_if<core::Refusal>(&plan)) {
    run.refuse(*refusal);
  } else {
    run.start(std::get<core::Plan>(plan));
  }
  return run.finish();
}

ExitCode resolve(const RunPorts& ports, Decision decision, const std::string& reason) {
  Run run(ports);
  if (!run.open()) return run.finish();
  const core::History history = run.control().history().load();
  OpenIntents open{.intents = open_intents(history)};
  if (open.intents.empty()) {
    run.refuse({.reason = "nothing is in doubt", .way_out = "go on with: migrate up"});
    return run.finish();
  }
  // What is behind it stays open, and is found out by the next run.
  const core::JournalRow& intent = open.intents.front();
  const core::LedgerRow* step = history.find(intent.id);
  const bool applied = decision == Decision::applied;
  std::vector<core::JournalWrite> writes;
  if (applied) {
    open.settlement = {.applied = intent.hashes.size(), .decided = false};
    writes = open.verdict(history);
  } else {
    writes = {core::journal::Withdrawn{
        .id = intent.id, .direction = intent.direction, .first = intent.first}};
  }
  const std::string step_name = step == nullptr ? intent.id.key : step->name;
  writes.emplace_back(
      core::journal::Logged{.event = applied ? "resolved: applied" : "resolved: not applied",
                            .step = intent.id,
                            .step_name = step_name,
                            .statement = intent.first,
                            .message = reason});
  run.begin({}, run.control().info());
  record(run.control(), writes);
  ports.events.on(core::event::Recorded{
      fmt::format("statement {} of {} counts as {} from now on", intent.first,
                  core::display_name(intent.id, step_name), applied ? "applied" : "not applied")});
  return run.finish();
}

}  // namespace migrate::app
