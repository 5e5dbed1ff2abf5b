#pragma once

#include <functional>
#include <future>

namespace migrate::port {

/// Where something is done while its caller does something else.
class Background {
 public:
  virtual ~Background() = default;
  /// Begins `task`, on another thread as a rule. The future has what it throws; its destructor
  /// waits for the end.
  virtual std::future<void> begin(std::function<void()> task) = 0;
};

}  // namespace migrate::port
