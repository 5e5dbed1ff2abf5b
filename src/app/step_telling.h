#pragma once

#include <cstddef>
#include <cstdint>

#include "core/plan.h"
#include "port/event_sink.h"

namespace migrate::app {

/// Tells that a step of a run begins and that it is done: each once, over however many connections
/// the step runs. `events` must outlive it.
class StepTelling {
 public:
  explicit StepTelling(port::EventSink& events) : events_(events) {}

  /// `number`: of the run's steps, from 1.
  void started(const core::PlannedStep& planned, std::size_t number);
  void done(const core::PlannedStep& planned, std::size_t number, std::uint64_t duration_us);

 private:
  port::EventSink& events_;
  std::size_t last_started_ = 0;
  std::size_t last_done_ = 0;
};

}  // namespace migrate::app
