#pragma once

#include <chrono>

namespace migrate::app {

/// What to do about a statement that the server still runs for a run that is dead.
enum class Orphans { wait, kill };

/// How long a run waits for what is in its way.
struct Patience {
  std::chrono::seconds lock{30};     ///< for another run to end
  std::chrono::seconds orphan{600};  ///< for an orphaned statement to end
  Orphans orphans = Orphans::wait;
  std::chrono::seconds reconnect{60};  ///< for a server that was lost to come back
};

}  // namespace migrate::app
