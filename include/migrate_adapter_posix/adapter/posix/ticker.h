#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace migrate::posix {

/// Calls `action` (which must not throw) every `period` on a thread of its own, until destroyed:
/// the destructor returns when the thread has ended.
class Ticker {
 public:
  /// Throws std::system_error when there can be no thread.
  Ticker(std::chrono::milliseconds period, std::function<void()> action);
  ~Ticker();
  Ticker(const Ticker&) = delete;
  Ticker& operator=(const Ticker&) = delete;

 private:
  void run(std::chrono::milliseconds period);

  std::function<void()> action_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopped_ = false;
  std::thread thread_;  ///< last: it starts when everything above is there
};

}  // namespace migrate::posix
