#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace migrate::app {

/// What to do about a statement that the server still runs for a run that is dead.
enum class Orphans { wait, kill };

/// What a run does when others hold what one of its statements waits for.
struct LockPatience {
  std::uint64_t retries = 5;  ///< so often the statement is sent again; 0: its failure is the run's
  /// From then on, counted from when the statement began to wait, connections in its way are ended
  /// if their account is one of `killable`. Nothing: never.
  std::optional<std::chrono::seconds> kill_after;
  std::vector<std::string> killable;  ///< "user@host", as core::is_account() reads it
};

/// How long a run waits for what is in its way.
struct Patience {
  std::chrono::seconds lock{30};     ///< for another run to end
  std::chrono::seconds orphan{600};  ///< for an orphaned statement to end
  Orphans orphans = Orphans::wait;
  std::chrono::seconds reconnect{60};  ///< for a server that was lost to come back
  LockPatience statement_locks;
};

}  // namespace migrate::app
