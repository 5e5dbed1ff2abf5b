#pragma once

#include <memory>
#include <ostream>

#include "adapter/output/style.h"
#include "port/clock.h"
#include "port/event_sink.h"

namespace migrate::output {

/// Shows a run while it goes on. on() and tick() may be called from different threads; neither
/// throws. Destroying it clears the live line.
class Progress : public port::EventSink {
 public:
  /// Time has passed: brings what counts up to date.
  virtual void tick() = 0;
};

/// On a terminal one line that is redrawn and a permanent line for each finished step; elsewhere
/// plain lines, among them "still running" for a statement that takes more than 3 s. Nothing moves
/// by itself: somebody calls tick(). `err` and `clock` must outlive it.
std::unique_ptr<Progress> make_progress(std::ostream& err, const Style& style,
                                        const port::Clock& clock);

/// Passes events on and ticks every 200 ms on a thread of its own, which ends with it.
std::unique_ptr<port::EventSink> make_ticking(std::unique_ptr<Progress> progress);

}  // namespace migrate::output
