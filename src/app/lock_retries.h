#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "app/locked_sessions.h"
#include "app/patience.h"
#include "core/object_name.h"
#include "core/packet.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"

namespace migrate::app {

/// What a packet does again when a statement of it could not have its lock.
enum class Again {
  never,
  /// Those in front of it stay, each by itself; nothing of it happened. So it goes on there.
  from_there,
  /// They are one transaction, which the packet opens: rolled back, then all of it.
  all_of_it,
};

/// A statement that could not have its lock.
struct LockFailure {
  std::uint64_t index = 1;               ///< in its step
  std::vector<core::ObjectName> tables;  ///< that it needs; may be empty
  Again again = Again::never;
};

/// Sends packets with statements of a file, cancellable as run_cancellable() does it; and sends
/// again what a lock kept from running, after a pause in which everybody who waits behind it gets
/// through. Pauses grow: 1, 2, 4, 8 s, then 16 s. In each it names who is in the way, and ends
/// those whom it is told to end, which is recorded. Never throws for what the server says of a
/// statement; Fault where the history cannot be written.
class LockRetries {
 public:
  struct Listener {
    /// As of Session::run(), with the item of the packet as it was given.
    std::function<void(const core::ItemResult&)> on_result;
    /// Asked when a statement could not have its lock.
    std::function<LockFailure()> failure;
    /// All of the packet is about to be sent once more.
    std::function<void()> from_the_start;
  };

  /// All must outlive it.
  LockRetries(LockedSessions& sessions, port::EventSink& events, port::Cancellation& cancellation,
              const port::Clock& clock, const LockPatience& patience);

  /// The outcome of the last attempt; `failed_item` is one of the packet as it was given.
  core::PacketOutcome run(const core::Packet& packet, const Listener& listener);

 private:
  struct Wait;

  /// From that item on; items are counted from the start all the same.
  core::PacketOutcome send(const core::Packet& packet, std::size_t from,
                           const std::function<void(const core::ItemResult&)>& on_result);
  /// What an open transaction did is gone; false: the server says that not all of it is.
  bool roll_back();
  /// False: a signal came.
  bool pause(const LockFailure& failure, Wait& wait);
  /// Whether one was ended.
  bool end_blockers(const std::vector<core::Blocker>& blockers);

  LockedSessions& sessions_;
  port::EventSink& events_;
  port::Cancellation& cancellation_;
  const port::Clock& clock_;
  const LockPatience& patience_;
  bool may_not_kill_ = false;  ///< the server has said so
};

}  // namespace migrate::app
