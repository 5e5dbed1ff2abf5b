#pragma once

#include <cstdint>

#include "app/locked_sessions.h"
#include "app/runner.h"
#include "core/plan.h"
#include "port/session.h"

namespace migrate::app {

/// The two connections of a run, after they broke. The server may not have noticed.
class OwnConnections {
 public:
  explicit OwnConnections(LockedSessions& sessions);

  /// Ends them where they are still there and idle; what still runs is waited for like any orphan.
  /// Throws Fault(unavailable) when the server is not there.
  void end(port::Server& server) const;

 private:
  std::uint64_t control_;
  std::uint64_t work_;
};

/// The losses of one run. A statement that breaks the connection each time would do so for ever.
class Losses {
 public:
  /// Whether it makes sense to go on after this one: it is not the third in a row at the same
  /// statement.
  bool worth_trying(const core::Plan& plan, const Runner& runner);

 private:
  std::size_t steps_left_ = 0;
  std::uint64_t statement_ = 0;
  int in_a_row_ = 0;
};

}  // namespace migrate::app
