#include "adapter/posix/ticker.h"

#include <utility>

namespace migrate::posix {

Ticker::Ticker(std::chrono::milliseconds period, std::function<void()> action)
    : action_(std::move(action)), thread_([this, period] { run(period); }) {}

Ticker::~Ticker() {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Ticker::run(std::chrono::milliseconds period) {
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, period, [this] { return stopped_; })) {
    lock.unlock();
    action_();
    lock.lock();
  }
}

}  // namespace migrate::posix
