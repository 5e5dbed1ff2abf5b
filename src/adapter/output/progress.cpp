#include "adapter/output/progress.h"

#include <utility>

#include "adapter/posix/ticker.h"
#include "live_progress.h"
#include "plain_progress.h"

namespace migrate::output {

namespace {

constexpr std::chrono::milliseconds tick_period{200};

class TickingProgress : public port::EventSink {
 public:
  explicit TickingProgress(std::unique_ptr<Progress> progress)
      : progress_(std::move(progress)), ticker_(tick_period, [this] { progress_->tick(); }) {}

  void on(const core::Event& event) override { progress_->on(event); }

 private:
  std::unique_ptr<Progress> progress_;
  posix::Ticker ticker_;  ///< last: it ends before the progress that it ticks
};

}  // namespace

std::unique_ptr<Progress> make_progress(std::ostream& err, const Style& style,
                                        const port::Clock& clock) {
  if (style.medium == Medium::terminal) return std::make_unique<LiveProgress>(err, style, clock);
  return std::make_unique<PlainProgress>(err, style, clock);
}

std::unique_ptr<port::EventSink> make_ticking(std::unique_ptr<Progress> progress) {
  return std::make_unique<TickingProgress>(std::move(progress));
}

}  // namespace migrate::output
