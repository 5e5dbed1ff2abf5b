#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "port/event_sink.h"

namespace migrate::output {

/// Passes every event to several sinks, in their order. They must outlive it.
class TeeSink : public port::EventSink {
 public:
  using Sinks = std::vector<std::reference_wrapper<port::EventSink>>;
  explicit TeeSink(Sinks sinks) : sinks_(std::move(sinks)) {}

  void on(const core::Event& event) override {
    for (port::EventSink& sink : sinks_) sink.on(event);
  }

 private:
  Sinks sinks_;
};

}  // namespace migrate::output
