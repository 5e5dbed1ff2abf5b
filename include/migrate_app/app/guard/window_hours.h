#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

#include "core/exit_code.h"
#include "core/guard/window.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/server_clock.h"

namespace migrate::app {

/// The windows by the server's clock: asked once, then the local one tells what has passed since.
class WindowHours {
 public:
  WindowHours(std::unique_ptr<port::ServerClock> server, const port::Clock& clock,
              core::guard::WindowPolicy policy, core::guard::ZoneRules zone);

  /// Asks the server.
  std::chrono::sys_seconds ask();
  /// Behind ask(), and without asking again.
  std::chrono::sys_seconds now() const;

  const core::guard::WindowPolicy& policy() const { return policy_; }
  const core::guard::ZoneRules& zone() const { return zone_; }

 private:
  std::unique_ptr<port::ServerClock> server_;
  const port::Clock& clock_;
  core::guard::WindowPolicy policy_;
  core::guard::ZoneRules zone_;
  std::chrono::sys_seconds asked_;
  std::chrono::steady_clock::time_point asked_at_;
};

/// Until a window is open: done, or the signal's exit code. Tells once when that will be. Holds no
/// lock and no connection meanwhile.
core::ExitCode wait_for_window(WindowHours& hours, const port::Cancellation& cancellation,
                               const port::Clock& clock, port::EventSink& events);

}  // namespace migrate::app
