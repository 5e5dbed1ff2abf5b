#pragma once

#include <memory>
#include <utility>

#include "app/guard/guard.h"
#include "app/guard/window_hours.h"

namespace migrate::app {

/// `require: window`: statements at large tables run in the windows alone, and end in them as far
/// as anybody can tell. Asked again in front of each unit of the run.
class WindowGuard : public Guard {
 public:
  explicit WindowGuard(std::shared_ptr<WindowHours> hours) : hours_(std::move(hours)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;
  std::unique_ptr<RunBoundary> boundary(const GuardedRun& run) const override;

 private:
  std::shared_ptr<WindowHours> hours_;
};

}  // namespace migrate::app
