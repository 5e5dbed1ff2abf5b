#pragma once

#include <exception>
#include <functional>
#include <future>

#include "port/background.h"

namespace migrate::testing {

/// No background: a task is done when its caller goes on, so that a test knows what comes behind
/// what. What is no std::exception goes through at once, as a death does.
class AtOnce : public port::Background {
 public:
  std::future<void> begin(std::function<void()> task) override {
    std::promise<void> done;
    try {
      task();
      done.set_value();
    } catch (const std::exception&) {
      done.set_exception(std::current_exception());
    }
    return done.get_future();
  }
};

}  // namespace migrate::testing
