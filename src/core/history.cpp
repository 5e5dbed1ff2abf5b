#include "core/history.h"

#include <algorithm>
#include <functional>

namespace migrate::core {

const LedgerRow* History::find(const StepId& id) const {
  const auto found = std::find_if(ledger.begin(), ledger.end(),
                                  [&](const LedgerRow& row) { return row.id == id; });
  return found == ledger.end() ? nullptr : &*found;
}

LedgerIndex::LedgerIndex(const std::vector<LedgerRow>& ledger) {
  rows_.reserve(ledger.size());
  for (const LedgerRow& row : ledger) rows_.push_back(&row);
  // Steps are applied in their order, as a rule.
  if (!std::ranges::is_sorted(rows_, std::less<>{}, &LedgerRow::id))
    std::ranges::sort(rows_, std::less<>{}, &LedgerRow::id);
}

const LedgerRow* LedgerIndex::find(const StepId& id) const {
  const auto found = std::ranges::lower_bound(rows_, id, std::less<>{}, &LedgerRow::id);
  return found == rows_.end() || (*found)->id != id ? nullptr : *found;
}

void History::count_statements_done() {
  for (LedgerRow& row : ledger) {
    const bool partial =
        row.state == LedgerState::partly_up || row.state == LedgerState::partly_down;
    row.statements_done = partial ? 0 : row.statements_total;
    if (!partial) continue;
    for (const JournalRow& unit : journal) {
      if (unit.id != row.id || unit.state != JournalRow::State::done) continue;
      row.statements_done = std::max(row.statements_done, unit.first + unit.hashes.size() - 1);
    }
  }
}

SessionValues History::session_at(const StepId& id, Direction direction,
                                  std::uint64_t first_statement) const {
  SessionValues nearest;
  for (const JournalRow& row : journal) {
    const bool fits = row.id == id && row.direction == direction && !row.session.empty() &&
                      row.session.next <= first_statement && row.session.next >= nearest.next;
    if (fits) nearest = row.session;
  }
  return nearest;
}

void History::settle(const JournalRow& intent, std::uint64_t applied) {
  const auto row = std::find_if(journal.begin(), journal.end(), [&](const JournalRow& candidate) {
    return candidate.id == intent.id && candidate.first == intent.first;
  });
  if (row == journal.end()) return;
  if (applied == 0) {
    journal.erase(row);
  } else {
    row->state = JournalRow::State::done;
    row->hashes.resize(std::min<std::uint64_t>(applied, row->hashes.size()));
  }
  count_statements_done();
}

}  // namespace migrate::core
