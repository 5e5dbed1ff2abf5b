#include "core/plan.h"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

namespace migrate::core {
namespace {

bool is_partial(const LedgerRow& row) {
  return row.state == LedgerState::partly_up || row.state == LedgerState::partly_down;
}

std::string name_of(const Step& step) {
  return display_name(step.id, step.name);
}
std::string name_of(const LedgerRow& row) {
  return display_name(row.id, row.name);
}

std::optional<Refusal> refuse_open_intent(const History& history) {
  for (const JournalRow& row : history.journal) {
    if (!in_doubt(row)) continue;
    const LedgerRow* step = history.find(row.id);
    return Refusal{
        .code = ExitCode::in_doubt,
        .reason = fmt::format(
            "statement {} of {} was in flight when a run ended, and what became of it is "
            "not known",
            row.first, step == nullptr ? row.id.key : name_of(*step)),
        .way_out =
            "look at the objects it names, then record what you found: migrate resolve --applied|"
            "--not-applied --reason \"…\""};
  }
  return std::nullopt;
}

/// The statements that ran must be the first ones of the file as it is now.
std::optional<Refusal> refuse_changed_past(const LedgerRow& row, const ScriptFile& script,
                                           const History& history, const StatementHashes& on_disk) {
  for (const JournalRow& unit : history.journal) {
    if (unit.id != row.id || unit.state != JournalRow::State::done) continue;
    for (std::size_t i = 0; i < unit.hashes.size(); ++i) {
      const std::uint64_t index = unit.first + i;
      if (index <= on_disk.size() && on_disk[index - 1] == unit.hashes[i]) continue;
      return Refusal{
          .code = ExitCode::drift,
          .reason = fmt::format("{}: statement {} has already run, and it is not the same in the "
                                "file any more (statements 1 to {} have run)",
                                script.path, index, row.statements_done),
          .way_out = "put back the text of the statements that ran, and mend the file behind them"};
    }
  }
  return std::nullopt;
}

const LedgerRow* highest_applied(const History& history) {
  const LedgerRow* highest = nullptr;
  for (const LedgerRow& row : history.ledger) {
    if (row.id.kind != StepKind::versioned) continue;
    if (highest == nullptr || row.id > highest->id) highest = &row;
  }
  return highest;
}

std::optional<Refusal> refuse_changed_file(const Step& step, const LedgerRow& row) {
  const bool comparable = row.checksum.rule == step.up.checksum.rule;
  if (row.state != LedgerState::applied && row.state != LedgerState::baselined) return std::nullopt;
  if (!comparable || row.checksum == step.up.checksum) return std::nullopt;
  return Refusal{
      .code = ExitCode::drift,
      .reason = fmt::format("{} is not the file that was applied at {} UTC", step.up.path,
                            row.changed_at),
      .way_out = fmt::format(
          "restore the file as it was, and put the change into a new step: migrate new {}_2",
          step.name)};
}

/// A half-undone step stops `up`.
Refusal refuse_half_undone(const LedgerRow& row, const std::optional<UnfinishedRun>& cut_off) {
  Refusal refusal{.reason = fmt::format("{} is half undone: {} statements of its down file ran",
                                        name_of(row), row.statements_done),
                  .way_out = "finish undoing it first: migrate down"};
  if (cut_off && cut_off->said() != "down") {
    refusal.way_out = fmt::format(
        "finish undoing this step alone with `down`, or go on with what was cut off: migrate {}",
        cut_off->said());
  }
  return refusal;
}

PlannedStep whole(const Step& step, Direction direction, Reason reason, const Examine& examine) {
  return {.step = step,
          .script = examine(step.file(direction)),
          .direction = direction,
          .reason = reason};
}

/// The step that `up --to` ends with.
std::optional<StepId> last_of(const UpRequest& request) {
  if (!request.to) return std::nullopt;
  return StepId{StepKind::versioned, request.to->canonical()};
}

void go_on(PlannedStep& planned, const LedgerRow& row, const History& history) {
  planned.reason = Reason::continues;
  planned.first_statement = row.statements_done + 1;
  planned.session = history.session_at(row.id, planned.direction, planned.first_statement);
}

/// One step upwards, from where it stands: `row` is the history's, if it has one.
std::variant<PlannedStep, Refusal> upwards(const Step& step, Reason reason, const LedgerRow* row,
                                           const History& history,
                                           const StatementHashes& partial_hashes,
                                           const Examine& examine) {
  PlannedStep planned = whole(step, Direction::up, reason, examine);
  if (row != nullptr && row->state == LedgerState::partly_up) {
    if (auto refusal = refuse_changed_past(*row, step.up, history, partial_hashes)) return *refusal;
    go_on(planned, *row, history);
  }
  return planned;
}

/// One step downwards, from where it stands. It has a down file.
std::variant<PlannedStep, Refusal> downwards(const Step& step, const LedgerRow& row,
                                             const History& history,
                                             const StatementHashes& partial_hashes,
                                             const Examine& examine) {
  PlannedStep planned = whole(step, Direction::down, Reason::undo, examine);
  if (row.state == LedgerState::partly_down) {
    if (auto refusal = refuse_changed_past(row, *step.down, history, partial_hashes))
      return *refusal;
    go_on(planned, row, history);
  }
  return planned;
}

/// Why what ran of a step cannot be undone statement by statement; empty when it can.
std::string not_stepwise(const Step& step, const Examine& examine) {
  if (!step.down) return "it has no down file";
  if (!step.up.directives.stepwise && !step.down->directives.stepwise) {
    return "its files do not say `-- migrate: stepwise`";
  }
  const std::uint64_t up = examine(step.up).shape.statements();
  const std::uint64_t down = examine(*step.down).shape.statements();
  if (up == down) return {};
  return fmt::format(
      "it says `-- migrate: stepwise`, but its up file has {} statements and its down file {}", up,
      down);
}

std::optional<Refusal> refuse_one_way(const Plan& plan, const Examine& examine) {
  for (const PlannedStep& planned : plan.steps) {
    if (runs_in_one_transaction(planned.script)) continue;
    const std::string why = not_stepwise(planned.step, examine);
    if (why.empty()) continue;
    return Refusal{
        .reason =
            fmt::format("{} could not be undone from its middle: {}", name_of(planned.step), why),
        .way_out =
            "make it stepwise (statement j of the down file undoes statement n-j+1 of the up "
            "file), or run without --on-failure=rollback"};
  }
  return std::nullopt;
}

}  // namespace

std::uint64_t Plan::statements() const {
  std::uint64_t statements = 0;
  for (const PlannedStep& planned : steps) statements += planned.statements();
  return statements;
}

PlannedStep turn_back(const Catalog& catalog, const LedgerRow& half_applied,
                      const Examine& examine) {
  PlannedStep planned =
      whole(*catalog.find(half_applied.id), Direction::down, Reason::turned_back, examine);
  planned.first_statement = planned.script.shape.statements() - half_applied.statements_done + 1;
  return planned;
}

namespace {

bool finished(const PlannedStep& planned, const LedgerRow* row) {
  if (planned.direction == Direction::down) return row == nullptr;
  return row != nullptr && row->state == LedgerState::applied &&
         row->checksum == planned.step.up.checksum;
}

}  // namespace

Plan remaining(const Plan& plan, std::size_t done, const History& history) {
  auto first = plan.steps.begin() + static_cast<std::ptrdiff_t>(done);
  while (first != plan.steps.end() && finished(*first, history.find(first->step.id))) ++first;
  Plan rest;
  rest.steps.assign(first, plan.steps.end());
  if (rest.steps.empty()) return rest;
  PlannedStep& broken_off = rest.steps.front();
  const LedgerRow* row = history.find(broken_off.step.id);
  const bool up = broken_off.direction == Direction::up;
  if (row != nullptr && row->state == (up ? LedgerState::partly_up : LedgerState::partly_down))
    go_on(broken_off, *row, history);
  return rest;
}

bool in_doubt(const JournalRow& row) {
  return row.state == JournalRow::State::intended && row.unit != UnitKind::file_transaction;
}

PlanResult plan_up(const Catalog& catalog, const History& history, const UpRequest& request,
                   const StatementHashes& partial_hashes, const Examine& examine,
                   const std::optional<UnfinishedRun>& cut_off) {
  if (auto refusal = refuse_open_intent(history)) return *refusal;
  Plan plan;
  for (const LedgerRow& row : history.ledger) {
    if (row.state != LedgerState::partly_down) continue;
    const Step* step = catalog.find(row.id);
    const bool was_undoing = cut_off && cut_off->is("up", 1) && step != nullptr && step->down;
    if (!was_undoing) return refuse_half_undone(row, cut_off);
    auto planned = downwards(*step, row, history, partial_hashes, examine);
    if (auto* refusal = std::get_if<Refusal>(&planned)) return std::move(*refusal);
    plan.steps.push_back(std::get<PlannedStep>(std::move(planned)));
    plan.warnings.push_back(cut_off->words());
    plan.asked = 1;  // this run may be cut off as well
  }
  const std::optional<StepId> last = last_of(request);
  if (last && catalog.find(*last) == nullptr) {
    return Refusal{.code = ExitCode::usage,
                   .reason = fmt::format("no step on disk has version {}", request.to->canonical()),
                   .way_out = "see the versions with: migrate status"};
  }

  for (const LedgerRow& row : history.ledger) {
    if (catalog.find(row.id) != nullptr) continue;
    if (row.state == LedgerState::partly_up) {
      return Refusal{
          .code = ExitCode::drift,
          .reason = fmt::format("{} is half-applied and its file is missing on disk", name_of(row)),
          .way_out = "restore the file, then run: migrate up"};
    }
    plan.warnings.push_back(
        fmt::format("{} was applied, but its file is missing on disk", name_of(row)));
  }

  const LedgerIndex ledger(history.ledger);
  const auto add = [&](const Step& step, const LedgerRow* row,
                       Reason reason) -> std::optional<Refusal> {
    auto planned = upwards(step, reason, row, history, partial_hashes, examine);
    if (auto* refusal = std::get_if<Refusal>(&planned)) return std::move(*refusal);
    plan.steps.push_back(std::get<PlannedStep>(std::move(planned)));
    return std::nullopt;
  };

  for (const Step& step : catalog.repeatable) {
    const LedgerRow* row = ledger.find(step.id);
    if (row != nullptr && !is_partial(*row) && row->checksum == step.up.checksum) continue;
    const Reason reason = row == nullptr ? Reason::pending : Reason::changed_repeatable;
    if (auto refusal = add(step, row, reason)) return *refusal;
  }

  const LedgerRow* highest = highest_applied(history);
  std::uint64_t versioned = 0;
  for (const Step& step : catalog.versioned) {
    const LedgerRow* row = ledger.find(step.id);
    if (row != nullptr) {
      if (auto refusal = refuse_changed_file(step, *row)) return *refusal;
      if (!is_partial(*row)) continue;
    }
    if (last && step.id > *last) continue;
    if (request.steps && versioned == *request.steps) continue;
    const bool late = row == nullptr && highest != nullptr && step.id < highest->id;
    if (late && request.out_of_order == OutOfOrder::refuse) {
      return Refusal{
          .reason = fmt::format("{} comes late: {}, a higher version, is already applied",
                                name_of(step), name_of(*highest)),
          .way_out =
              "give it a higher version, or, if the order does not matter, run: migrate up "
              "--allow-out-of-order"};
    }
    ++versioned;
    if (auto refusal = add(step, row, Reason::pending)) return *refusal;
  }
  if (request.on_failure == OnFailure::rollback) {
    if (auto refusal = refuse_one_way(plan, examine)) return *refusal;
  }
  return plan;
}

namespace {

/// What ran of a half-applied step stays behind a `down` that cannot undo it.
std::optional<Refusal> refuse_half_applied(const Catalog& catalog, const History& history,
                                           const Examine& examine) {
  for (const LedgerRow& row : history.ledger) {
    if (row.state != LedgerState::partly_up) continue;
    const Step* step = catalog.find(row.id);
    const std::string why =
        step == nullptr ? "its files are missing on disk" : not_stepwise(*step, examine);
    if (why.empty()) continue;
    return Refusal{
        .reason = fmt::format("{} is half-applied ({} of {} statements ran), and what "
                              "ran cannot be undone: {}",
                              name_of(row), row.statements_done, row.statements_total, why),
        .way_out = "mend its file and finish it first: migrate up"};
  }
  return std::nullopt;
}

/// Every versioned step of the history, the one that was applied last first.
std::vector<const LedgerRow*> newest_first(const History& history) {
  std::vector<const LedgerRow*> rows;
  for (const LedgerRow& row : history.ledger) {
    if (row.id.kind == StepKind::versioned) rows.push_back(&row);
  }
  std::ranges::sort(rows, std::ranges::greater{}, &LedgerRow::order);
  return rows;
}

/// Those of `rows` that are among the steps to be undone.
void keep_left(std::vector<const LedgerRow*>& rows, const std::vector<RunStep>& left) {
  std::erase_if(rows, [&](const LedgerRow* row) {
    return std::ranges::none_of(left, [&](const RunStep& step) {
      return step.id == row->id && step.direction == Direction::down;
    });
  });
}

/// Undoes these steps, in this order.
PlanResult plan_undoing(const std::vector<const LedgerRow*>& rows, const Catalog& catalog,
                        const History& history, const StatementHashes& partial_hashes,
                        const Examine& examine) {
  if (auto refusal = refuse_half_applied(catalog, history, examine)) return *refusal;
  Plan plan;
  for (const LedgerRow* row : rows) {
    const Step* step = catalog.find(row->id);
    if (step == nullptr) {
      return Refusal{.reason = fmt::format("{} cannot be undone: its files are missing on disk",
                                           name_of(*row)),
                     .way_out = "restore the files of this step; nothing was undone"};
    }
    if (!step->down) {
      return Refusal{
          .reason = fmt::format("{} cannot be undone: it has no down file", name_of(*row)),
          .way_out = fmt::format("write {}_{}.down.sql, or undo fewer steps; nothing was undone",
                                 row->id.key, row->name)};
    }
    if (auto changed = refuse_changed_file(*step, *row)) plan.warnings.push_back(changed->reason);
    if (row->state == LedgerState::partly_up) {
      if (auto refusal = refuse_changed_past(*row, step->up, history, partial_hashes))
        return *refusal;
      plan.steps.push_back(turn_back(catalog, *row, examine));
      continue;
    }
    auto planned = downwards(*step, *row, history, partial_hashes, examine);
    if (auto* refusal = std::get_if<Refusal>(&planned)) return std::move(*refusal);
    plan.steps.push_back(std::get<PlannedStep>(std::move(planned)));
  }
  return plan;
}

/// The plan is the rest of that run.
void continue_run(const UnfinishedRun& cut_off, Plan& plan) {
  plan.warnings.insert(plan.warnings.begin(), cut_off.words());
  plan.ends_cut_off_run = plan.steps.empty();
}

}  // namespace

PlanResult plan_down(const Catalog& catalog, const History& history, const DownRequest& request,
                     const StatementHashes& partial_hashes, const Examine& examine,
                     const std::optional<UnfinishedRun>& cut_off) {
  if (auto refusal = refuse_open_intent(history)) return *refusal;
  std::vector<const LedgerRow*> applied = newest_first(history);
  if (request.extent == DownRequest::Extent::all)
    return plan_undoing(applied, catalog, history, partial_hashes, examine);
  if (request.extent == DownRequest::Extent::to) {
    const auto at = std::ranges::find_if(
        applied, [&](const LedgerRow* row) { return row->id.key == request.to->canonical(); });
    if (at == applied.end()) {
      return Refusal{.code = ExitCode::usage,
                     .reason = fmt::format("version {} is not applied", request.to->canonical()),
                     .way_out = "see what is applied with: migrate status"};
    }
    applied.erase(at, applied.end());
    return plan_undoing(applied, catalog, history, partial_hashes, examine);
  }
  const bool goes_on = cut_off && cut_off->is("down", request.steps);
  if (goes_on) {
    keep_left(applied, cut_off->left());
  } else if (request.steps < applied.size()) {
    applied.resize(request.steps);
  }
  PlanResult result = plan_undoing(applied, catalog, history, partial_hashes, examine);
  if (auto* plan = std::get_if<Plan>(&result)) {
    plan->asked = request.steps;
    if (goes_on) continue_run(*cut_off, *plan);
  }
  return result;
}

PlanResult plan_redo(const Catalog& catalog, const History& history,
                     const StatementHashes& partial_hashes, const Examine& examine,
                     const std::optional<UnfinishedRun>& cut_off) {
  if (auto refusal = refuse_open_intent(history)) return *refusal;
  std::vector<const LedgerRow*> to_undo = newest_first(history);
  std::vector<StepId> to_apply;
  const bool goes_on = cut_off && cut_off->is("redo", 1);
  if (goes_on) {
    keep_left(to_undo, cut_off->left());
    for (const RunStep& step : cut_off->left()) {
      if (step.direction == Direction::up) to_apply.push_back(step.id);
    }
  } else if (!to_undo.empty()) {
    to_undo.erase(to_undo.begin() + 1, to_undo.end());
    to_apply.push_back(to_undo.front()->id);
  }
  Plan plan;
  if (!to_undo.empty()) {
    PlanResult undo = plan_undoing(to_undo, catalog, history, partial_hashes, examine);
    if (std::holds_alternative<Refusal>(undo)) return undo;
    plan = std::get<Plan>(std::move(undo));
  }
  plan.asked = 1;
  for (const StepId& id : to_apply) {
    const Step* step = catalog.find(id);
    if (step == nullptr) {
      return Refusal{
          .reason = fmt::format("{} was undone and cannot be applied again: its files are missing "
                                "on disk",
                                id.key),
          .way_out = "restore the files of this step, then run: migrate redo"};
    }
    // What ran of it is undone first.
    if (!to_undo.empty()) {
      plan.steps.push_back(whole(*step, Direction::up, Reason::pending, examine));
      continue;
    }
    auto planned =
        upwards(*step, Reason::pending, history.find(id), history, partial_hashes, examine);
    if (const auto* refusal = std::get_if<Refusal>(&planned)) return *refusal;
    plan.steps.push_back(std::get<PlannedStep>(std::move(planned)));
  }
  if (goes_on) continue_run(*cut_off, plan);
  return plan;
}

std::optional<RunPlan> run_plan(const Plan& plan) {
  if (!plan.asked) return std::nullopt;
  RunPlan kept{.asked = *plan.asked};
  for (const PlannedStep& planned : plan.steps) {
    kept.steps.push_back(
        {.id = planned.step.id, .name = planned.step.name, .direction = planned.direction});
  }
  return kept;
}

}  // namespace migrate::core
