#pragma once

#include <chrono>

namespace migrate::port {

/// Time for durations and waiting. The times that the history keeps come from the server.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::steady_clock::time_point now() const = 0;
  /// Lets that much time pass.
  virtual void sleep(std::chrono::milliseconds time) const = 0;
};

}  // namespace migrate::port
