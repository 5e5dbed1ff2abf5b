#pragma once

#include <chrono>
#include <cstdint>

#include "port/clock.h"

namespace migrate::app {

/// How long something has taken since this was made. `clock` must outlive it.
class Stopwatch {
 public:
  explicit Stopwatch(const port::Clock& clock) : clock_(clock), started_(clock.now()) {}

  std::uint64_t elapsed_us() const {
    return static_cast<std::uint64_t>(
        std::chrono::duration_cast<std::chrono::microseconds>(clock_.now() - started_).count());
  }

 private:
  const port::Clock& clock_;
  std::chrono::steady_clock::time_point started_;
};

}  // namespace migrate::app
