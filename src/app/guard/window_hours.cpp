#include "app/guard/window_hours.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/event.h"

namespace migrate::app {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::sys_seconds;

WindowHours::WindowHours(std::unique_ptr<port::ServerClock> server, const port::Clock& clock,
                         core::guard::WindowPolicy policy, core::guard::ZoneRules zone)
    : server_(std::move(server)),
      clock_(clock),
      policy_(std::move(policy)),
      zone_(std::move(zone)) {}

sys_seconds WindowHours::ask() {
  asked_ = server_->now();
  asked_at_ = clock_.now();
  return asked_;
}

sys_seconds WindowHours::now() const {
  return asked_ + std::chrono::floor<seconds>(clock_.now() - asked_at_);
}

core::ExitCode wait_for_window(WindowHours& hours, const port::Cancellation& cancellation,
                               const port::Clock& clock, port::EventSink& events) {
  // A laptop that slept, a clock that was set: the server is asked again from time to time.
  constexpr milliseconds between{std::chrono::minutes(10)};
  // A signal is to be heard soon.
  constexpr milliseconds nap{200};
  bool is_told = false;
  for (;;) {
    const sys_seconds now = hours.ask();
    const auto state = core::guard::window_state(now, hours.policy().windows, hours.zone());
    if (state.open) return core::ExitCode::done;
    if (!std::exchange(is_told, true)) {
      events.on(core::event::Warned{
          fmt::format("waiting for the window; {}", core::guard::opens_text(state, hours.zone()))});
    }
    milliseconds left = between;
    if (state.until) left = std::min<milliseconds>(left, *state.until - now);
    for (; left > milliseconds(0); left -= nap) {
      if (const auto signal = cancellation.requested()) return *signal;
      clock.sleep(std::min(left, nap));
    }
  }
}

}  // namespace migrate::app
