#include "core/settlement.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

#include "verdict.h"

namespace migrate::core {
namespace {

// A row may have none; then only the binary log tells.
std::vector<Witness> witnesses_by_statement(const JournalRow& intent) {
  std::vector<Witness> witnesses = intent.witnesses;
  witnesses.resize(intent.hashes.size());
  return witnesses;
}

std::vector<ObjectName> objects_as_before(const Witness& witness,
                                          const std::vector<ObjectNow>& now) {
  std::vector<ObjectName> objects;
  for (const ObjectBefore& before : witness.objects) {
    const bool same = std::ranges::any_of(now, [&before](const ObjectNow& one) {
      return one.object == before.changed.object && one.fingerprint == before.fingerprint;
    });
    if (same && !before.fingerprint.empty()) objects.push_back(before.changed.object);
  }
  return objects;
}

/// An intent whose statements have been looked at one by one.
class Inquiry {
 public:
  Inquiry(const JournalRow& intent, const std::vector<ObjectNow>& now)
      : witnesses_(witnesses_by_statement(intent)), now_(now) {
    for (const Witness& witness : witnesses_) verdicts_.push_back(verdict(witness, now));
  }

  Settlement settle() const {
    const auto last = last_that_began();
    if (!last) return settle_behind(0);
    for (std::size_t i = 0; i < *last; ++i) {
      if (contradicts(i)) return undecided(i, *last);
    }
    if (verdicts_[*last] == Verdict::changed) return settle_behind(*last + 1);
    Settlement settlement{.applied = *last, .seen = seen_of({*last})};
    // A lenient one runs again as it is.
    if (!witnesses_[*last].lenient)
      settlement.left_to_drop = objects_as_before(witnesses_[*last], now_);
    return settlement;
  }

 private:
  std::optional<std::size_t> last_that_began() const {
    for (std::size_t i = verdicts_.size(); i > 0; --i) {
      if (verdicts_[i - 1] == Verdict::changed || verdicts_[i - 1] == Verdict::in_part)
        return i - 1;
    }
    return std::nullopt;
  }

  // Statements run in order, so a later one that ran belies it.
  bool contradicts(std::size_t i) const {
    return verdicts_[i] == Verdict::unchanged ||
           (verdicts_[i] == Verdict::in_part && !witnesses_[i].lenient);
  }

  // Statements that tell nothing run again, if the one behind them shows that none came that far.
  Settlement settle_behind(std::size_t applied) const {
    std::size_t telling = applied;
    while (telling < verdicts_.size() && verdicts_[telling] == Verdict::silent) ++telling;
    if (telling == verdicts_.size() || verdicts_[telling] == Verdict::unchanged)
      return decided(applied);
    Settlement settlement = undecided(applied, telling);
    settlement.ask_binary_log = telling == applied && verdicts_[telling] == Verdict::unknown;
    return settlement;
  }

  Settlement decided(std::size_t applied) const {
    std::vector<std::size_t> shown;
    if (applied > 0) shown.push_back(applied - 1);
    if (applied < witnesses_.size()) shown.push_back(applied);
    return {.applied = applied, .seen = seen_of(shown)};
  }

  Settlement undecided(std::size_t applied, std::size_t because_of) const {
    std::vector<std::size_t> shown{applied};
    if (because_of != applied) shown.push_back(because_of);
    return {.applied = applied, .decided = false, .seen = seen_of(shown)};
  }

  std::string seen_of(const std::vector<std::size_t>& statements) const {
    std::string text;
    for (const std::size_t i : statements)
      text += (text.empty() ? "" : "; ") + seen(witnesses_[i], now_);
    return text;
  }

  std::vector<Witness> witnesses_;  ///< one a statement
  const std::vector<ObjectNow>& now_;
  std::vector<Verdict> verdicts_;  ///< one a statement
};

}  // namespace

std::vector<ObjectName> witnesses_of(const JournalRow& intent) {
  std::vector<ObjectName> objects;
  for (const Witness& witness : intent.witnesses) {
    if (witness.evidence != Evidence::objects && witness.evidence != Evidence::identities) continue;
    for (const ObjectBefore& before : witness.objects) {
      if (std::ranges::find(objects, before.changed.object) == objects.end())
        objects.push_back(before.changed.object);
    }
  }
  return objects;
}

Settlement settle(const JournalRow& intent, const std::vector<ObjectNow>& now) {
  return Inquiry(intent, now).settle();
}

JournalRow joined(const std::vector<JournalRow>& intents) {
  JournalRow all = intents.front();
  if (intents.size() == 1) return all;
  all.witnesses.clear();
  all.hashes.clear();
  for (const JournalRow& intent : intents) {
    const std::vector<Witness> witnesses = witnesses_by_statement(intent);
    all.witnesses.insert(all.witnesses.end(), witnesses.begin(), witnesses.end());
    all.hashes.insert(all.hashes.end(), intent.hashes.begin(), intent.hashes.end());
  }
  return all;
}

std::vector<IntentVerdict> verdicts(const std::vector<JournalRow>& intents,
                                    const Settlement& settlement, const History& history) {
  using enum IntentVerdict::Outcome;
  const auto is_another = [&](const LedgerRow& row) {
    return row.id != intents.front().id &&
           (row.state == LedgerState::partly_up || row.state == LedgerState::partly_down);
  };
  const bool alone = intents.size() == 1 && std::ranges::none_of(history.ledger, is_another);
  std::vector<IntentVerdict> verdicts;
  std::uint64_t left = settlement.applied;
  for (const JournalRow& intent : intents) {
    const std::uint64_t count = intent.hashes.size();
    IntentVerdict verdict{.intent = intent, .applied = std::min(left, count)};
    left -= verdict.applied;
    const LedgerRow* step = history.find(intent.id);
    const bool ends_step = step != nullptr && verdict.applied == count &&
                           intent.first + count - 1 == step->statements_total;
    if (verdict.applied > 0) {
      verdict.outcome = !alone && ends_step ? closed : done;
    } else if (settlement.decided) {
      verdict.outcome = alone || intent.first > 1 ? withdrawn : abandoned;
    }
    verdicts.push_back(std::move(verdict));
  }
  return verdicts;
}

}  // namespace migrate::core
