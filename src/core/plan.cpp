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
std::optional<Refusal> refuse_changed_past(const LedgerRow& row, const Script& script,
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
    if (highest == nullptr || *Version::parse(row.id.key) > *Version::parse(highest->id.key))
      highest = &row;
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

}  // namespace

bool in_doubt(const JournalRow& row) {
  return row.state == JournalRow::State::intended && row.unit != UnitKind::file_transaction;
}

PlanResult plan_up(const Catalog& catalog, const History& history, const UpRequest& request,
                   const StatementHashes& partial_hashes) {
  if (auto refusal = refuse_open_intent(history)) return *refusal;
  for (const LedgerRow& row : history.ledger) {
    if (row.state != LedgerState::partly_down) continue;
    return Refusal{.reason = fmt::format("{} is half undone: {} statements of its down file ran",
                                         name_of(row), row.statements_done),
                   .way_out = "finish undoing it first: migrate down"};
  }
  if (request.to && catalog.find({StepKind::versioned, request.to->canonical()}) == nullptr) {
    return Refusal{.code = ExitCode::usage,
                   .reason = fmt::format("no step on disk has version {}", request.to->canonical()),
                   .way_out = "see the versions with: migrate status"};
  }

  Plan plan;
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

  const auto add_if_due = [&](const Step& step, Reason reason) -> std::optional<Refusal> {
    const LedgerRow* row = history.find(step.id);
    PlannedStep planned{.step = step, .reason = reason};
    if (row != nullptr && row->state == LedgerState::partly_up) {
      if (auto refusal = refuse_changed_past(*row, step.up, history, partial_hashes))
        return refusal;
      planned.reason = Reason::continues;
      planned.first_statement = row->statements_done + 1;
    }
    plan.steps.push_back(std::move(planned));
    return std::nullopt;
  };

  for (const Step& step : catalog.repeatable) {
    const LedgerRow* row = history.find(step.id);
    if (row != nullptr && !is_partial(*row) && row->checksum == step.up.checksum) continue;
    const Reason reason = row == nullptr ? Reason::pending : Reason::changed_repeatable;
    if (auto refusal = add_if_due(step, reason)) return *refusal;
  }

  const LedgerRow* highest = highest_applied(history);
  std::uint64_t versioned = 0;
  for (const Step& step : catalog.versioned) {
    const Version version = *Version::parse(step.id.key);
    const LedgerRow* row = history.find(step.id);
    if (row != nullptr) {
      if (auto refusal = refuse_changed_file(step, *row)) return *refusal;
      if (!is_partial(*row)) continue;
    }
    if (request.to && version > *request.to) continue;
    if (request.steps && versioned == *request.steps) continue;
    const bool late =
        row == nullptr && highest != nullptr && version < *Version::parse(highest->id.key);
    if (late && request.out_of_order == OutOfOrder::refuse) {
      return Refusal{
          .reason = fmt::format("{} comes late: {}, a higher version, is already applied",
                                name_of(step), name_of(*highest)),
          .way_out =
              "give it a higher version, or, if the order does not matter, run: migrate up "
              "--allow-out-of-order"};
    }
    ++versioned;
    if (auto refusal = add_if_due(step, Reason::pending)) return *refusal;
  }
  return plan;
}

PlanResult plan_down(const Catalog& catalog, const History& history, const DownRequest& request,
                     const StatementHashes& partial_hashes) {
  if (auto refusal = refuse_open_intent(history)) return *refusal;

  std::vector<const LedgerRow*> applied;
  for (const LedgerRow& row : history.ledger) {
    if (row.state == LedgerState::partly_up) {
      return Refusal{.reason = fmt::format("{} is half-applied: {} of {} statements ran",
                                           name_of(row), row.statements_done, row.statements_total),
                     .way_out = "mend its file and finish it first: migrate up"};
    }
    if (row.id.kind == StepKind::versioned) applied.push_back(&row);
  }
  std::ranges::sort(applied, std::ranges::greater{}, &LedgerRow::order);

  if (request.extent == DownRequest::Extent::to) {
    const auto at = std::ranges::find_if(
        applied, [&](const LedgerRow* row) { return row->id.key == request.to->canonical(); });
    if (at == applied.end()) {
      return Refusal{.code = ExitCode::usage,
                     .reason = fmt::format("version {} is not applied", request.to->canonical()),
                     .way_out = "see what is applied with: migrate status"};
    }
    applied.erase(at, applied.end());
  } else if (request.extent == DownRequest::Extent::steps && request.steps < applied.size()) {
    applied.resize(request.steps);
  }

  Plan plan;
  for (const LedgerRow* row : applied) {
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
    PlannedStep planned{.step = *step, .direction = Direction::down, .reason = Reason::undo};
    if (row->state == LedgerState::partly_down) {
      if (auto refusal = refuse_changed_past(*row, *step->down, history, partial_hashes))
        return *refusal;
      planned.reason = Reason::continues;
      planned.first_statement = row->statements_done + 1;
    }
    plan.steps.push_back(std::move(planned));
  }
  return plan;
}

}  // namespace migrate::core
