#include "step_telling.h"

#include "core/event.h"

namespace migrate::app {

void StepTelling::started(const core::PlannedStep& planned, std::size_t number) {
  if (number <= last_started_) return;
  last_started_ = number;
  events_.on(core::event::StepStarted{.planned = planned, .number = number});
}

void StepTelling::done(const core::PlannedStep& planned, std::size_t number,
                       std::uint64_t duration_us) {
  if (number <= last_done_) return;
  last_done_ = number;
  events_.on(core::event::StepDone{.id = planned.step.id,
                                   .name = planned.step.name,
                                   .direction = planned.direction,
                                   .duration_us = duration_us});
}

}  // namespace migrate::app
