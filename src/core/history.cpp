#include "core/history.h"

#include <algorithm>
#include <functional>
#include <tuple>
#include <utility>

#include "sort_by_place.h"

namespace migrate::core {
namespace {

void count_statements_done(History& history) {
  for (LedgerRow& row : history.ledger) {
    const bool partial =
        row.state == LedgerState::partly_up || row.state == LedgerState::partly_down;
    row.statements_done = partial ? 0 : row.statements_total;
    if (!partial) continue;
    for (const JournalRow& unit : history.journal) {
      if (unit.id != row.id || unit.state != JournalRow::State::done) continue;
      row.statements_done = std::max(row.statements_done, unit.first + unit.hashes.size() - 1);
    }
  }
}

constexpr auto by_order = [](const LedgerRow& row) { return std::tie(row.order, row.id); };

}  // namespace

const LedgerRow* History::find(const StepId& id) const {
  const auto found =
      std::ranges::find_if(ledger, [&](const LedgerRow& row) { return row.id == id; });
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

void History::arrange() {
  // A server sorts as many rows as slowly as it reads them. They come by the text of their ids,
  // which is their order where all versions have one length.
  sort_by_place(ledger, by_order);
  std::ranges::sort(journal, std::less<>{}, [this](const JournalRow& row) {
    const LedgerRow* step = find(row.id);
    return std::pair(step == nullptr ? 0 : step->order, row.first);
  });
  count_statements_done(*this);
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

void History::settle(const IntentVerdict& verdict) {
  using enum IntentVerdict::Outcome;
  const JournalRow& intent = verdict.intent;
  const bool up = intent.direction == Direction::up;
  const auto is_it = [&](const JournalRow& row) {
    return row.id == intent.id && row.first == intent.first;
  };
  const auto of_its_step = [&](const auto& row) { return row.id == intent.id; };
  switch (verdict.outcome) {
    case open:
      return;
    case withdrawn:
      std::erase_if(journal, is_it);
      break;
    case done:
      for (JournalRow& row : journal) {
        if (!is_it(row)) continue;
        row.state = JournalRow::State::done;
        row.hashes.resize(std::min<std::uint64_t>(verdict.applied, row.hashes.size()));
      }
      break;
    case closed:
    case abandoned:
      std::erase_if(journal, of_its_step);
      if ((verdict.outcome == closed) != up) {
        std::erase_if(ledger, of_its_step);
      } else {
        std::ranges::for_each(ledger, [&](LedgerRow& row) {
          if (of_its_step(row)) row.state = LedgerState::applied;
        });
      }
      break;
  }
  count_statements_done(*this);
}

}  // namespace migrate::core
