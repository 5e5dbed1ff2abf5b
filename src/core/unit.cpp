#include "core/unit.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/user_variables.h"
#include "shared_intent.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

// The history's own writes and a COMMIT between a statement and this would be what it asks about.
bool asks_about_the_one_before(const Statement& statement) {
  if (!user_variables(statement.text).nothing_else) return false;
  for (TokenCursor cursor(statement.text, {}); !cursor.at_end(); cursor.advance()) {
    if (cursor.at("ROW_COUNT") || cursor.at("FOUND_ROWS")) return true;
  }
  return false;
}

}  // namespace

UnitLimits limits_within(std::uint64_t packet_limit) {
  // Of a schema statement: its step's row, its intent with its witness, the end of one before it.
  constexpr std::uint64_t journal_bytes = 1024;
  const std::uint64_t half = packet_limit / 2;
  UnitLimits limits;
  limits.bytes = std::min(limits.bytes, half);
  limits.schema_statements =
      std::clamp<std::uint64_t>(half / journal_bytes, 1, limits.schema_statements);
  return limits;
}

UnitCutter::UnitCutter(Mode mode, UnitLimits limits, std::optional<std::uint64_t> batch)
    : mode_(mode), limits_(limits), batch_(batch) {}

std::vector<UnitPart> UnitCutter::push(NumberedStatement statement) {
  const Effect effect = statement.statement.effect;
  if (mode_ == Mode::one_transaction) {
    // Session statements ahead of the first data statement stay outside: some variables cannot be
    // set in a transaction.
    if (!open_ || (open_ == UnitKind::session && effect != Effect::session)) {
      open(effect == Effect::session ? UnitKind::session : UnitKind::transaction);
    }
    append(std::move(statement));
    return std::exchange(ready_, {});
  }

  const Bracket bracket = statement.statement.bracket;
  const bool commits = bracket == Bracket::closes_transaction ||
                       (bracket == Bracket::resumes_autocommit && !autocommit_);
  if (bracket == Bracket::stops_autocommit) autocommit_ = false;
  if (bracket == Bracket::resumes_autocommit) autocommit_ = true;

  if (open_ == UnitKind::file_transaction) {
    if (!commits_implicitly(statement.statement)) {
      append(std::move(statement));
      if (commits) emit(true);
      return std::exchange(ready_, {});
    }
    emit(true, true);
  }
  if (!stays_frozen(statement)) add(std::move(statement));
  return std::exchange(ready_, {});
}

bool UnitCutter::commits_implicitly(const Statement& statement) const {
  switch (statement.bracket) {
    case Bracket::opens_transaction:
    case Bracket::locks_tables:
    case Bracket::freezes_tables:
    case Bracket::freezes_server:
      return true;
    case Bracket::unlocks_tables:
      return hold_ != Hold::nothing;
    default:
      return statement.effect == Effect::schema || statement.effect == Effect::neutral;
  }
}

bool UnitCutter::stays_frozen(NumberedStatement& statement) {
  if (hold_ != Hold::frozen_tables && hold_ != Hold::frozen_server) return false;
  const Bracket bracket = statement.statement.bracket;
  const bool thaws = bracket == Bracket::unlocks_tables ||
                     (hold_ == Hold::frozen_tables &&
                      (bracket == Bracket::opens_transaction || bracket == Bracket::locks_tables));
  if (thaws) {
    hold_ = Hold::nothing;
    return false;
  }
  if (open_ != UnitKind::session) open(UnitKind::session);
  append(std::move(statement));
  return true;
}

void UnitCutter::add(NumberedStatement statement) {
  const Effect effect = statement.statement.effect;
  const Bracket bracket = statement.statement.bracket;
  if (bracket == Bracket::opens_transaction) {
    hold_ = Hold::nothing;
    open(UnitKind::file_transaction);
    return append(std::move(statement));
  }
  if (effect == Effect::schema || effect == Effect::neutral) return group(std::move(statement));
  UnitKind kind = UnitKind::session;
  const bool joins =
      open_ == UnitKind::transaction && asks_about_the_one_before(statement.statement);
  if (effect != Effect::session || joins)
    kind = autocommit_ ? UnitKind::transaction : UnitKind::file_transaction;
  if (open_ != kind) open(kind);
  statement.statement.locks_history = bracket == Bracket::locks_tables;
  append(std::move(statement));
  if (kind == UnitKind::transaction && batch_ && unit_statements_ >= *batch_) emit(true);
  if (bracket == Bracket::locks_tables) {
    hold_ = Hold::tables;
    locks_ = pending_.back().statement.text;
  }
  if (bracket == Bracket::freezes_tables) hold_ = Hold::frozen_tables;
  if (bracket == Bracket::freezes_server) hold_ = Hold::frozen_server;
  if (bracket == Bracket::unlocks_tables) hold_ = Hold::nothing;
}

std::vector<UnitPart> UnitCutter::flush() {
  if (mode_ == Mode::one_transaction || open_ == UnitKind::file_transaction) return {};
  emit(true);
  return std::exchange(ready_, {});
}

std::vector<UnitPart> UnitCutter::finish() {
  emit(true, open_ == UnitKind::file_transaction);
  return std::exchange(ready_, {});
}

void UnitCutter::open(UnitKind kind) {
  emit(true);
  open_ = kind;
  open_under_ = hold_ == Hold::tables ? TableLocks::held : TableLocks::none;
  returned_a_part_ = false;
  unit_statements_ = 0;
}

void UnitCutter::group(NumberedStatement statement) {
  const Statement& what = statement.statement;
  SchemaChange change = schema_change(text_that_runs(what));
  const bool alone = needs_own_intent(what, change);
  const bool touched = std::ranges::any_of(pending_changes_, [&change](const SchemaChange& before) {
    return share_an_object(before, change);
  });
  if (open_ != UnitKind::statement || alone || touched) open(UnitKind::statement);
  if (hold_ == Hold::tables) locks_ = locks_after(locks_, change);
  const bool unlocks = hold_ == Hold::tables && locks_.empty();
  append(std::move(statement));
  pending_changes_.push_back(std::move(change));
  if (alone || unlocks) emit(true);
  if (unlocks) {
    ready_.back().unlocks = true;
    hold_ = Hold::nothing;
  }
}

void UnitCutter::append(NumberedStatement statement) {
  const std::uint64_t bytes = statement.statement.text.size();
  const std::uint64_t most = open_ == UnitKind::statement
                                 ? std::min(limits_.statements, limits_.schema_statements)
                                 : limits_.statements;
  const bool full = pending_.size() >= most || pending_bytes_ + bytes > limits_.bytes;
  if (full && !pending_.empty()) {
    const UnitKind kind = *open_;
    // Between transactions of our own a commit is free, and a group can end behind any statement;
    // every other unit goes on in its next part.
    const bool may_close =
        kind == UnitKind::session || kind == UnitKind::statement ||
        (kind == UnitKind::transaction && mode_ == Mode::statement_by_statement && !batch_);
    emit(may_close);
    if (may_close) open(kind);
  }
  pending_bytes_ += bytes;
  ++unit_statements_;
  pending_.push_back(std::move(statement));
}

void UnitCutter::emit(bool closes, bool closed_by_next) {
  if (!pending_.empty()) {
    ready_.push_back({.kind = *open_,
                      .statements = std::exchange(pending_, {}),
                      .changes = std::exchange(pending_changes_, {}),
                      .opens = !returned_a_part_,
                      .closes = closes,
                      .closed_by_next = closed_by_next,
                      .locks = open_under_});
    pending_bytes_ = 0;
    returned_a_part_ = true;
  }
  if (closes) open_.reset();
}

UnitCutter unit_cutter(const Script& script, UnitLimits limits) {
  if (runs_in_one_transaction(script)) return {UnitCutter::Mode::one_transaction, limits};
  std::optional<std::uint64_t> batch;
  if (script.directives.transaction == TransactionMode::none) batch = 1;
  if (script.directives.transaction == TransactionMode::batch) batch = script.directives.batch_size;
  return {UnitCutter::Mode::statement_by_statement, limits, batch};
}

}  // namespace migrate::core
