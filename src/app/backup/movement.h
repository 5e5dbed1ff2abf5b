#pragma once

#include <cstdint>
#include <string>

#include "port/event_sink.h"

namespace migrate::app {

/// Tells now and then how far something is.
class Movement {
 public:
  Movement(port::EventSink& events, std::string what, std::uint64_t total_bytes)
      : events_(events), what_(std::move(what)), total_(total_bytes) {}

  void add(std::uint64_t bytes, const std::string& detail = {}) {
    done_ += bytes;
    if (told_ && done_ < next_) return;
    told_ = true;
    next_ = done_ + step;
    events_.on(core::event::Moving{
        .what = what_, .detail = detail, .done_bytes = done_, .total_bytes = total_});
  }

 private:
  static constexpr std::uint64_t step = 2U << 20U;

  port::EventSink& events_;
  std::string what_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  std::uint64_t next_ = 0;
  bool told_ = false;
};

}  // namespace migrate::app
