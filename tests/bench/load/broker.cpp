#include "broker.h"

#include <algorithm>

namespace migrate::load {

Broker::Answer Broker::send(const Message& message) {
  const std::lock_guard lock(mutex_);
  const bool refuses = message.type == poison ||
                       (message.type == refused_once && refused_.insert(message.trace_id).second);
  if (!healed_ && refuses) {
    ++refusals_;
    return Answer::refused;
  }
  std::uint64_t& last = last_[message.aggregate];
  if (!healed_ && message.sequence < last) {
    outcome_.complain(fmt::format("out of order: {} of aggregate {} came behind {}",
                                  message.sequence, message.aggregate, last));
  }
  last = std::max(last, message.sequence);
  if (!accepted_.insert(message.trace_id).second) ++repeats_;
  return Answer::accepted;
}

void Broker::heal() {
  const std::lock_guard lock(mutex_);
  healed_ = true;
}

}  // namespace migrate::load
