#pragma once

#include <string>

#include "port/background.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/scratch.h"
#include "port/step_source.h"

namespace migrate::app {

/// The world of a rehearsal: references to what main wired.
struct RehearsalPorts {
  port::ScratchServer& scratch;
  port::StepSource& steps;
  port::EventSink& events;  ///< hears all that happens on the scratch schemas
  port::Cancellation& cancellation;
  const port::Clock& clock;
  port::Background& background;
  std::string run_id;
};

}  // namespace migrate::app
