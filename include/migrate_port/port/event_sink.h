#pragma once

#include "core/event.h"

namespace migrate::port {

/// Hears everything that happens. Called from the thread of the run; must not throw and must not
/// block for long.
class EventSink {
 public:
  virtual ~EventSink() = default;
  virtual void on(const core::Event& event) = 0;
};

}  // namespace migrate::port
