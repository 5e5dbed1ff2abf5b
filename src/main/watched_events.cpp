#include "watched_events.h"

#include <iostream>
#include <utility>

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
  sink_ = std::make_unique<output::TeeSink>(std::move(more));
}

}  // namespace migrate::wiring
