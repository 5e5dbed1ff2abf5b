#pragma once

#include <chrono>

namespace migrate::port {

/// The clock that the history goes by.
class ServerClock {
 public:
  virtual ~ServerClock() = default;
  /// One round trip. Throws Fault(unavailable) when the server is lost.
  virtual std::chrono::sys_seconds now() = 0;
};

}  // namespace migrate::port
