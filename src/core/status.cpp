#include "core/status.h"

#include <algorithm>
#include <functional>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/plan.h"

namespace migrate::core {
namespace {

StatusRow row_of(const LedgerRow& ledger, const Step* step) {
  StatusRow row{.id = ledger.id,
                .name = ledger.name,
                .status = StepStatus::applied,
                .applied_at = ledger.changed_at,
                .duration_us = ledger.duration_us};
  const bool partial =
      ledger.state == LedgerState::partly_up || ledger.state == LedgerState::partly_down;
  if (partial) {
    row.status = StepStatus::partial;
    row.note = ledger.state == LedgerState::partly_up
                   ? fmt::format("{} of {} statements ran", ledger.statements_done,
                                 ledger.statements_total)
                   : fmt::format("{} statements of the down file ran", ledger.statements_done);
  } else if (step == nullptr) {
    row.status = StepStatus::missing;
    row.note = "applied, but its file is missing on disk";
  } else if (ledger.checksum.rule == step->up.checksum.rule &&
             ledger.checksum != step->up.checksum) {
    const bool repeatable = ledger.id.kind == StepKind::repeatable;
    row.status = repeatable ? StepStatus::pending : StepStatus::changed;
    row.note =
        repeatable ? "changed since it ran; runs again" : "the file changed after it was applied";
  } else if (ledger.state == LedgerState::baselined) {
    row.status = StepStatus::baselined;
  }
  return row;
}

/// The steps of a catalog by the rows of a ledger, which come in much the same order.
class StepsInTurn {
 public:
  explicit StepsInTurn(const Catalog& catalog)
      : catalog_(catalog),
        begun_(catalog.versioned.size()),
        begun_repeatable_(catalog.repeatable.size()) {}

  /// Nothing when it has none. What was found once has begun.
  const Step* find(const StepId& id) {
    const bool is_next = next_ < catalog_.versioned.size() && catalog_.versioned[next_].id == id;
    const Step* step = is_next ? &catalog_.versioned[next_] : catalog_.find(id);
    if (step == nullptr) return nullptr;
    if (id.kind == StepKind::repeatable) {
      begun_repeatable_[static_cast<std::size_t>(step - catalog_.repeatable.data())] = true;
    } else {
      const auto place = static_cast<std::size_t>(step - catalog_.versioned.data());
      begun_[place] = true;
      next_ = place + 1;
    }
    return step;
  }

  std::vector<const Step*> not_begun() const {
    std::vector<const Step*> steps;
    for (std::size_t i = 0; i < begun_repeatable_.size(); ++i)
      if (!begun_repeatable_[i]) steps.push_back(&catalog_.repeatable[i]);
    for (std::size_t i = 0; i < begun_.size(); ++i)
      if (!begun_[i]) steps.push_back(&catalog_.versioned[i]);
    return steps;
  }

 private:
  const Catalog& catalog_;
  std::vector<bool> begun_;  ///< of versioned ones
  std::vector<bool> begun_repeatable_;
  std::size_t next_ = 0;
};

SchemaStatus remembered(const History& history) {
  using Verdict = SchemaStatus::Verdict;
  const SchemaSeen& seen = history.schema_seen;
  if (std::string why = why_schema_is_unknown(history); !why.empty())
    return {.words = std::move(why), .at = seen.at};
  if (seen.drifted.empty()) {
    return {.verdict = Verdict::as_left,
            .words = "the schema was as the last run left it",
            .at = seen.at};
  }
  return {.verdict = Verdict::drifted,
          .words = fmt::format("the schema was not as the last run left it: {}",
                               fmt::join(seen.drifted, ", ")),
          .at = seen.drifted_at};
}

}  // namespace

std::string why_schema_is_unknown(const History& history) {
  if (history.knows_schema()) return {};
  constexpr std::string_view what = "the history does not know what the schema is to be";
  if (history.left_schema_open.empty()) return fmt::format("{}: no run has looked at it yet", what);
  return fmt::format(
      "{}: run {} may have changed it and has not looked yet; it is under way, or was cut off",
      what, history.left_schema_open.back().run_id);
}

std::size_t Status::count(StepStatus status) const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [&](const StatusRow& row) { return row.status == status; }));
}

ExitCode Status::exit_code() const {
  if (count(StepStatus::in_doubt) > 0) return ExitCode::in_doubt;
  const bool drifted = schema.looked == SchemaStatus::Looked::now &&
                       schema.verdict == SchemaStatus::Verdict::drifted;
  if (count(StepStatus::changed) > 0 || drifted) return ExitCode::drift;
  const auto pending =
      count(StepStatus::pending) + count(StepStatus::out_of_order) + count(StepStatus::partial);
  return pending > 0 ? ExitCode::pending : ExitCode::done;
}

Status make_status(const Catalog& catalog, const History& history) {
  Status status{.schema = remembered(history)};
  status.rows.reserve(history.ledger.size());
  const StepId* highest = nullptr;
  StepsInTurn steps(catalog);
  for (const LedgerRow& ledger : history.ledger) {
    const Step* step = steps.find(ledger.id);
    status.rows.push_back(row_of(ledger, step));
    if (ledger.id.kind != StepKind::versioned) continue;
    if (highest == nullptr || ledger.id > *highest) highest = &ledger.id;
  }
  for (const JournalRow& journal : history.journal) {
    if (!in_doubt(journal)) continue;
    for (StatusRow& row : status.rows) {
      if (row.id != journal.id) continue;
      row.status = StepStatus::in_doubt;
      row.note = fmt::format("statement {} was in flight when a run ended", journal.first);
    }
  }
  for (const Step* step : steps.not_begun()) {
    StatusRow row{.id = step->id, .name = step->name};
    const bool late =
        step->id.kind == StepKind::versioned && highest != nullptr && step->id < *highest;
    if (late) {
      row.status = StepStatus::out_of_order;
      row.note = fmt::format("comes late: {} is already applied", highest->key);
    }
    status.rows.push_back(std::move(row));
  }
  if (!std::ranges::is_sorted(status.rows, std::less<>{}, &StatusRow::id))
    std::ranges::stable_sort(status.rows, std::less<>{}, &StatusRow::id);
  return status;
}

}  // namespace migrate::core
