#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <thread>

#include "port/cancellation.h"

namespace migrate::wiring {

/// Turns SIGINT and SIGTERM into a request to stop: the first cancels the statement in flight, if
/// need be several times, a second ends the process at once. Blocks both signals for the thread
/// that makes it and hears them on a thread of its own, so make it before other threads.
class Signals : public port::Cancellation {
 public:
  /// `cancel` is called on the signal thread with the connection to cancel; what it throws is
  /// ignored, the run then stops at its next packet.
  explicit Signals(std::function<void(std::uint64_t connection_id)> cancel);

  std::optional<core::ExitCode> requested() const override;
  void watch(std::uint64_t connection_id) override { watched_ = connection_id; }

 private:
  void listen(const std::stop_token& stop);
  void cancel();

  std::function<void(std::uint64_t)> cancel_;
  std::atomic<int> signal_{0};
  std::atomic<std::uint64_t> watched_{0};
  std::jthread thread_;
};

}  // namespace migrate::wiring
