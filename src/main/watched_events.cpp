#include "watched_events.h"

#include <iostream>
#include <utility>

#include "adapter/output/event_stream.h"
#include "adapter/output/log_sink.h"
#include "adapter/output/progress.h"

namespace migrate::wiring {

WatchedEvents::WatchedEvents(const cli::GlobalOptions& global, const output::Style& style,
                             const port::Clock& clock, output::TeeSink::Sinks more)
    : progress_(output::make_ticking(output::make_progress(std::cerr, style, clock))) {
  more.emplace_back(*progress_);
  if (!global.log_file.empty()) {
    log_ = output::make_log_sink(global.log_file);
    more.emplace_back(*log_);
  }
  if (global.events == "-") {
    stream_ = output::make_event_stream(std::cout);
  } else if (!global.events.empty()) {
    stream_ = output::make_event_file(global.events);
  }
  if (stream_) more.emplace_back(*stream_);
  sink_ = std::make_unique<output::TeeSink>(std::move(more));
}

}  // namespace migrate::wiring
