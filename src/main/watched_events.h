#pragma once

#include <memory>

#include "adapter/output/style.h"
#include "adapter/output/tee_sink.h"
#include "cli/request.h"
#include "port/clock.h"
#include "port/event_sink.h"

namespace migrate::wiring {

/// Shows events while they come, and writes them into the log file and the stream of events.
class WatchedEvents {
 public:
  /// `clock`, and those of `more`, which get every event too, must outlive it.
  WatchedEvents(const cli::GlobalOptions& global, const output::Style& style,
                const port::Clock& clock, output::TeeSink::Sinks more = output::TeeSink::Sinks());

  port::EventSink& sink() const { return *sink_; }

 private:
  std::unique_ptr<port::EventSink> progress_;
  std::unique_ptr<port::EventSink> log_;
  std::unique_ptr<port::EventSink> stream_;
  std::unique_ptr<output::TeeSink> sink_;
};

}  // namespace migrate::wiring
