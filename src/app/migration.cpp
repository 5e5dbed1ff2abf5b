#include "app/migration.h"

#include <functional>
#include <optional>
#include <utility>
#include <variant>

#include <fmt/format.h>

#include "app/drift.h"
#include "app/planning.h"
#include "core/fault.h"
#include "examination.h"
#include "open_intents.h"
#include "record.h"
#include "run.h"
#include "schema_keeping.h"

namespace migrate::app {
namespace {

using core::ExitCode;

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
  return up(ports, request, {}, {});
}

ExitCode up(const RunPorts& ports, const core::UpRequest& request, const RunChecks& checks,
            const RunHooks& hooks) {
  Run run(ports);
  std::optional<core::History> at_rest;
  const core::Catalog catalog =
      load_catalog_while(ports.steps, ports.background, [&] { at_rest = run.look(); });
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
  return down(ports, request, {});
}

ExitCode down(const RunPorts& ports, const core::DownRequest& request, const RunHooks& hooks) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  Around around(ports, hooks);
  return run_between(run, around, [&] {
    if (run.open_settled())
      run.run(plan_down_on(run.control(), ports.steps, catalog, request), around);
  });
}

ExitCode redo(const RunPorts& ports, const RunHooks& hooks) {
  const core::Catalog catalog = load_catalog(ports.steps);
  Run run(ports);
  Around around(ports, hooks);
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
