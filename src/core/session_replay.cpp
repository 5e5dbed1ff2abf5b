#include "core/session_replay.h"

#include <utility>

#include "core/schema_change.h"
#include "core/table_locks.h"

namespace migrate::core {

std::vector<NumberedStatement> SessionReplay::pass(NumberedStatement done) {
  const Statement& statement = done.statement;
  std::vector<NumberedStatement> ready;
  if (statement.bracket == Bracket::locks_tables) {
    ready = release();
    kept_.push_back(std::move(done));
    return ready;
  }
  if (statement.bracket == Bracket::unlocks_tables ||
      statement.bracket == Bracket::opens_transaction) {
    return release();
  }
  if (holds() && statement.effect == Effect::schema) {
    // A table that is gone cannot be locked.
    std::string& locks = kept_.front().statement.text;
    locks = locks_after(locks, schema_change(statement.text));
    if (locks.empty()) return release();
  }
  if (!restores_session(statement)) return ready;
  (holds() ? kept_ : ready).push_back(std::move(done));
  return ready;
}

std::vector<NumberedStatement> SessionReplay::go_on() {
  return std::exchange(kept_, {});
}

std::vector<NumberedStatement> SessionReplay::release() {
  if (holds()) kept_.erase(kept_.begin());
  return std::exchange(kept_, {});
}

}  // namespace migrate::core
