#pragma once

#include <mutex>
#include <ostream>
#include <string>

#include "adapter/output/progress.h"
#include "run_position.h"

namespace migrate::output {

/// Permanent lines above one line that is redrawn in place. Everything for one change goes to the
/// stream in one piece, so that nobody ever sees half of it.
class LiveProgress : public Progress {
 public:
  LiveProgress(std::ostream& err, const Style& style, const port::Clock& clock)
      : err_(err), style_(style), clock_(clock) {}
  ~LiveProgress() override;
  LiveProgress(const LiveProgress&) = delete;
  LiveProgress& operator=(const LiveProgress&) = delete;

  void on(const core::Event& event) override;
  void tick() override;

 private:
  std::string live_line() const;
  void draw(const std::string& permanent, const std::string& line);

  std::mutex mutex_;  ///< guards everything below, and the stream
  std::ostream& err_;
  Style style_;
  const port::Clock& clock_;
  RunPosition position_;
  std::string shown_;  ///< the live line that is on the screen
};

}  // namespace migrate::output
