#pragma once

#include <chrono>

namespace migrate::port {

/// Time for durations and waiting. The times that the history keeps come from the server.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::chrono::steady_clock::time_point now() const = 0;
};

}  // namespace migrate::port
