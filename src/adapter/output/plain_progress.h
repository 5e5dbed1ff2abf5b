#pragma once

#include <chrono>
#include <mutex>
#include <ostream>

#include "adapter/output/progress.h"
#include "run_position.h"

namespace migrate::output {

/// Whole lines only, for files, pipes and dumb terminals.
class PlainProgress : public Progress {
 public:
  PlainProgress(std::ostream& err, const Style& style, const port::Clock& clock)
      : err_(err), style_(style), clock_(clock) {}

  void on(const core::Event& event) override;
  void tick() override;

 private:
  std::string waiting_line(const core::Event& event) const;

  std::mutex mutex_;  ///< guards everything below, and the stream
  std::ostream& err_;
  Style style_;
  const port::Clock& clock_;
  RunPosition position_;
  std::chrono::seconds next_sign_{0};  ///< how long the statement takes when it is next told of
};

}  // namespace migrate::output
