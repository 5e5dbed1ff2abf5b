#include "run.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/planning.h"
#include "app/shape_check.h"
#include "examination.h"
#include "measuring.h"
#include "online_alters.h"
#include "open_intents.h"
#include "record.h"
#include "schema_keeping.h"

namespace migrate::app {
namespace {

using core::ExitCode;

const RunChecks no_checks{};
const RunHooks no_hooks{};

void append(std::vector<core::JournalWrite>& writes, std::vector<core::JournalWrite> more) {
  std::ranges::move(more, std::back_inserter(writes));
}

}  // namespace

Around::Around(const RunPorts& ports) : Around(ports, no_hooks) {}

Around::Around(const RunPorts& ports, const RunHooks& of_hooks)
    : Around(ports, no_checks, of_hooks) {}

bool Run::open() {
  auto opened =
      LockedSessions::open(looking_ ? std::move(looking_) : ports_.server.connect(), ports_.server,
                           ports_.events, ports_.cancellation, ports_.patience);
  if (auto* refusal = std::get_if<core::Refusal>(&opened)) {
    refuse(*refusal);
    return false;
  }
  sessions_.emplace(std::get<LockedSessions>(std::move(opened)));
  return true;
}

bool Run::open_settled() {
  if (!open()) return false;
  settle();
  return true;
}

std::optional<core::History> Run::look() {
  looking_ = ports_.server.connect();
  return history_at_rest(*looking_);
}

bool Run::allowed(const core::Plan& plan, const std::optional<std::string>& frozen,
                  std::vector<core::ObjectName> dropped) {
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

void Run::run(const core::PlanResult& result, Around& around,
              const std::optional<std::string>& frozen) {
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) return refuse(*refusal);
  const auto& plan = std::get<core::Plan>(result);
  if (const auto refusal = refuse_without_tool(plan, ports_.online)) return refuse(*refusal);
  if (plan.steps.empty() || allowed(plan, frozen)) start(plan, around, frozen.value_or(""));
}

void Run::start(const core::Plan& plan) {
  Around none(ports_);
  start(plan, none, {});
}

void Run::start(const core::Plan& plan, Around& around, const std::string& frozen) {
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
  append(beginning, around.checks.take_records());
  append(beginning, around.hooks.take_records());
  if (!plan.accepted_drift.empty()) {
    beginning.emplace_back(
        core::journal::Logged{.event = "drift accepted", .message = plan.accepted_drift});
  }
  append(beginning, judgement_.record());
  keeping.open(control(), std::move(beginning));
  Measuring measuring(around.hooks, measured_tables(plan, control().schema()));
  carry_out(plan, measuring, around.hooks, keeping);
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
  append(end, around.checks.take_records());
  append(end, around.hooks.take_records());
  end.emplace_back(finished());
  keeping.keep(control(), std::move(end), ports_.events);
}

void Run::mend_schema(const core::Plan& plan) {
  if (plan.left_schema_open.empty()) return;
  control().history().prepare();
  SchemaKeeping(control(), plan)
      .keep(control(), {core::journal::Logged{.event = "schema looked at"}}, ports_.events);
}

void Run::undo_failed_step(const core::Catalog& catalog) {
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
  start(core::Plan{.steps = {core::turn_back(catalog, *half, std::ref(examination))}, .asked = 1});
  if (code_ == ExitCode::done) code_ = failed;
}

void Run::tell_failure(HooksOfRun& hooks) {
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

void Run::refuse(const core::Refusal& refusal) {
  code_ = refusal.code;
  ports_.events.on(core::event::Refused{refusal});
}

void Run::begin(const core::Plan& plan, const core::ServerInfo& server) {
  ports_.events.on(core::event::RunStarted{.run_id = ports_.run_id,
                                           .command = ports_.command,
                                           .server = server,
                                           .steps = plan.steps.size(),
                                           .statements = plan.statements()});
  for (const std::string& warning : plan.warnings) ports_.events.on(core::event::Warned{warning});
  for (const std::string& warning : judgement_.warnings)
    ports_.events.on(core::event::Warned{warning});
}

ExitCode Run::finish() {
  ports_.events.on(core::event::RunFinished{.code = code_, .duration_us = stopwatch_.elapsed_us()});
  return code_;
}

core::journal::Logged Run::finished() const {
  return {.event = "run finished",
          .duration_us = stopwatch_.elapsed_us(),
          .message = fmt::format("exit code {}", static_cast<int>(code_))};
}

void Run::check_shapes(const core::Plan& plan) {
  for (const core::PlannedStep& planned : plan.steps) {
    if (planned.step.id.kind != core::StepKind::repeatable) continue;
    auto refusal = refuse_other_shape_after(planned.step, sessions_->work().schema(), ports_.steps);
    if (refusal) return refuse(*refusal);
  }
}

void Run::settle() {
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

void Run::tell_what_a_tool_left(core::ObjectName table) {
  if (table.schema.empty()) table.schema = control().info().schema;
  const std::string left = OnlineAlters(ports_.online).left_behind(table, control().schema());
  if (!left.empty()) ports_.events.on(core::event::Warned{left});
}

}  // namespace migrate::app
