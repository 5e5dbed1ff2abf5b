#pragma once

#include <vector>

#include "core/unit.h"

namespace migrate::core {

/// Chooses, of the statements that are done, those that a step needs again in a new session when it
/// goes on behind them: what restores_session() says, and the LOCK TABLES that holds there. One a
/// step.
class SessionReplay {
 public:
  /// Takes the next statement that is done and returns those that are to be sent now. What stands
  /// behind a LOCK TABLES is kept until it is known whether that still holds.
  std::vector<NumberedStatement> pass(NumberedStatement done);

  /// The step goes on here: returns what was kept.
  std::vector<NumberedStatement> go_on();

 private:
  bool holds() const { return !kept_.empty(); }
  /// Returns what was kept but for the LOCK TABLES.
  std::vector<NumberedStatement> release();

  std::vector<NumberedStatement> kept_;  ///< a LOCK TABLES that holds, and what is behind it
};

}  // namespace migrate::core
