#pragma once

#include <string>

#include "app/guard/guards.h"
#include "app/online_tool.h"
#include "app/patience.h"
#include "port/background.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// The world of a use case that changes a database: references to what main wired. Each use case
/// hands on only what the next one needs.
struct RunPorts {
  port::Server& server;
  port::StepSource& steps;
  port::EventSink& events;
  port::Cancellation& cancellation;
  const port::Clock& clock;
  port::Background& background;
  const Guards& guards;
  const OnlineTool* online = nullptr;  ///< null: statements go to the server themselves
  Patience patience;
  std::string run_id;
  std::string command;
  std::string tool_version;
};

}  // namespace migrate::app
