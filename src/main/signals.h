#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "port/cancellation.h"

namespace migrate::wiring {

/// Turns SIGINT and SIGTERM into a request to stop: the first cancels the statement in flight, a
/// second ends the process at once. Blocks both signals for the thread that makes it, so make it
/// before other threads. One thread hears the signals and never waits for anything else; another
/// cancels.
class Signals : public port::Cancellation {
 public:
  /// `cancel` is called on a thread of its own, every second while a connection is watched: a KILL
  /// QUERY that overtakes its statement cancels nothing. What it throws is ignored; the run then
  /// stops at its next packet.
  explicit Signals(std::function<void(std::uint64_t connection_id)> cancel);
  ~Signals() override;
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  std::optional<core::ExitCode> requested() const override;
  void watch(std::uint64_t connection_id) override;

 private:
  void listen(const std::stop_token& stop);
  void keep_cancelling(const std::stop_token& stop);

  std::function<void(std::uint64_t)> cancel_;
  std::atomic<int> signal_{0};
  std::mutex mutex_;  ///< held while something is being cancelled; guards watched_
  std::condition_variable_any changed_;
  std::uint64_t watched_ = 0;
  // Last, so that they end before what they use.
  std::jthread canceller_;
  std::jthread listener_;
};

}  // namespace migrate::wiring
