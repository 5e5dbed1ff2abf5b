#pragma once

#include <memory>
#include <vector>

#include "app/guard/guard.h"
#include "core/guard/verdict.h"

namespace migrate::app {

/// The guards of an environment, and which of them somebody overrides for this run.
class Guards {
 public:
  Guards() = default;
  Guards(std::vector<std::unique_ptr<Guard>> guards, std::vector<core::guard::Override> overrides)
      : guards_(std::move(guards)), overrides_(std::move(overrides)) {}

  /// Asks all of them, so that everything that is in the way is told at once.
  std::vector<core::guard::Verdict> ask(const GuardedRun& run) const;
  /// What their verdicts come to.
  core::guard::Judgement judge(const GuardedRun& run) const;
  /// What those of them that are not overridden ask again while the run is under way.
  RunBoundaries boundaries(const GuardedRun& run, const core::guard::Judgement& judgement) const;

  const std::vector<core::guard::Override>& overrides() const { return overrides_; }

 private:
  std::vector<std::unique_ptr<Guard>> guards_;
  std::vector<core::guard::Override> overrides_;
};

}  // namespace migrate::app
