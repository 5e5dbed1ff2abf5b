#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "core/event.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/running_statement.h"

namespace migrate::app {

/// Watches the statement of a run that lasts over a second: hears which one runs from the events,
/// which it passes on, and on which connection from what may be cancelled, which it passes on too.
/// Nothing is asked of the server for shorter ones. Thread-safe; `events` gets one event at a time.
class StatementWatcher : public port::EventSink, public port::Cancellation {
 public:
  /// All of them must outlive it. `look` is used by tick() alone.
  StatementWatcher(port::EventSink& events, port::Cancellation& cancellation,
                   const port::Clock& clock, port::StatementLook& look);

  void on(const core::Event& event) override;
  std::optional<core::ExitCode> requested() const override { return cancellation_.requested(); }
  void watch(std::uint64_t connection_id) override;

  /// Looks, if the statement lasts that long, and tells: Progressed; Blocked once for each
  /// connection in the way; once in a run, how the server is made to tell how far a statement is,
  /// of which it has told nothing. To be called every second, on a thread of its own: neither on()
  /// nor watch() waits for the server. Never throws: a statement that cannot be looked at goes on
  /// unwatched.
  void tick();

 private:
  using Time = std::chrono::steady_clock::time_point;

  struct Running {
    std::uint64_t connection_id = 0;  ///< 0: it is not being run
    std::uint64_t index = 1;
    std::uint64_t total = 1;
    Time since;
    std::uint64_t number = 0;  ///< of all that ran
  };

  /// What was seen of one statement.
  struct Watched {
    std::uint64_t number = 0;             ///< Running::number
    bool unseen = false;                  ///< it could not be looked at
    std::optional<core::WorkSeen> first;  ///< of the stage that goes on
    std::optional<core::Work> last;
    std::optional<Time> free_at;    ///< when it was last seen not to wait for a lock
    std::set<std::uint64_t> named;  ///< connections in the way; 0: nobody that can be seen
  };

  std::optional<Running> running_for_long() const;
  void tell(const Running& running, const port::RunningStatement& seen);
  void tell_progress(const Running& running, const port::RunningStatement& seen, Time now);
  void tell_blockers(const Running& running, const std::vector<core::Blocker>& blockers, Time now);

  port::EventSink& events_;
  port::Cancellation& cancellation_;
  const port::Clock& clock_;

  mutable std::mutex mutex_;  ///< guards events_ and what is running
  std::optional<Running> running_;
  std::uint64_t connection_id_ = 0;
  std::uint64_t started_ = 0;

  // Of the thread that ticks.
  port::StatementLook& look_;
  Watched watched_;
  bool is_hinted_ = false;
};

}  // namespace migrate::app
