#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "core/event.h"

namespace migrate::output {

/// Where a run is: what progress needs to remember of the events so far.
class RunPosition {
 public:
  using Time = std::chrono::steady_clock::time_point;

  struct InFlight {
    std::uint64_t index = 1;
    std::uint64_t total = 1;
    core::Position position;
    std::string text;
    Time since;
    std::string progress;  ///< as it was last told; empty: nothing is known
  };

  struct Waiting {
    core::event::LockWaiting what;
    Time since;
  };

  struct Movement {
    core::event::Moving what;
    Time since;  ///< of this `what`
  };

  /// Takes the event in. A statement that is done stays the one in flight until the next event, so
  /// that it can be described together with its end.
  void add(const core::Event& event, Time now);

  const std::string& step() const { return step_; }  ///< safe to print; empty between steps
  const std::string& path() const { return path_; }
  core::Direction direction() const { return direction_; }
  std::uint64_t number() const { return number_; }
  std::uint64_t steps() const { return steps_; }
  const std::optional<InFlight>& statement() const { return statement_; }
  const std::optional<Waiting>& waiting() const { return waiting_; }
  const std::optional<Movement>& moving() const { return moving_; }

 private:
  std::string step_;
  std::string path_;
  core::Direction direction_ = core::Direction::up;
  std::uint64_t number_ = 0;
  std::uint64_t steps_ = 0;
  std::optional<InFlight> statement_;
  std::optional<Waiting> waiting_;
  std::optional<Movement> moving_;
};

}  // namespace migrate::output
