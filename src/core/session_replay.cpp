#include "core/session_replay.h"

#include <algorithm>
#include <utility>

#include "core/prepared.h"
#include "core/schema_change.h"
#include "core/table_locks.h"

namespace migrate::core {

SessionReplay::SessionReplay(const SessionValues& kept) : kept_at_(kept.next) {
  for (const UserVariable& variable : kept.variables) kept_.insert(variable.name);
}

void SessionReplay::add(const NumberedStatement& numbered) {
  const Statement& statement = numbered.statement;
  follow_locks(numbered);
  // What it ends is not prepared again.
  if (const auto name = deallocated_by(statement.text)) {
    prepared_.erase(*name);
    return;
  }
  if (const auto prepared = prepared_by(statement.text)) {
    prepared_[prepared->name] = numbered.index;
    prepares_.insert(numbered.index);
  }
  Entry entry{.index = numbered.index,
              .variables = user_variables(statement.text),
              .restores = restores_session(statement)};
  if (entry.restores || !entry.variables.assigned.empty()) entries_.push_back(std::move(entry));
}

void SessionReplay::follow_locks(const NumberedStatement& numbered) {
  const Statement& statement = numbered.statement;
  if (statement.bracket == Bracket::locks_tables) {
    held_locks_ = statement.text;
    locked_at_ = numbered.index;
  } else if (statement.bracket == Bracket::unlocks_tables ||
             statement.bracket == Bracket::opens_transaction) {
    held_locks_.clear();
  } else if (!held_locks_.empty() && statement.effect == Effect::schema) {
    held_locks_ = locks_after(held_locks_, schema_change(statement.text));
  }
}

bool SessionReplay::runs_again(const Entry& entry, const Names& exact) const {
  if (!entry.restores) return false;
  if (prepares_.contains(entry.index)) {
    return std::ranges::any_of(prepared_,
                               [&](const auto& known) { return known.second == entry.index; });
  }
  const Names& assigned = entry.variables.assigned;
  return entry.index >= kept_at_ || !entry.variables.nothing_else ||
         !std::ranges::includes(exact, assigned);
}

bool SessionReplay::agree(Names& exact) const {
  const std::size_t before = exact.size();
  Names assigned_later;
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry) {
    if (entry->index >= kept_at_) continue;
    const UserVariables& variables = entry->variables;
    if (runs_again(*entry, exact)) {
      for (const std::string& name : variables.assigned) exact.erase(name);
      for (const std::string& name : variables.read) {
        if (assigned_later.contains(name)) exact.erase(name);
      }
    }
    assigned_later.insert(variables.assigned.begin(), variables.assigned.end());
  }
  return exact.size() == before;
}

std::set<std::uint64_t> SessionReplay::statements() const {
  Names exact = kept_;
  while (!agree(exact)) {
  }
  std::set<std::uint64_t> again;
  for (const Entry& entry : entries_) {
    if (runs_again(entry, exact)) again.insert(entry.index);
  }
  if (!held_locks_.empty()) again.insert(locked_at_);
  return again;
}

}  // namespace migrate::core
