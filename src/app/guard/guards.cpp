#include "app/guard/guards.h"

#include <algorithm>
#include <utility>

namespace migrate::app {

std::vector<core::guard::Verdict> Guards::ask(const GuardedRun& run) const {
  std::vector<core::guard::Verdict> verdicts;
  verdicts.reserve(guards_.size());
  for (const auto& guard : guards_) verdicts.push_back(guard->ask(run));
  return verdicts;
}

core::guard::Judgement Guards::judge(const GuardedRun& run) const {
  return core::guard::judge(ask(run), overrides_);
}

RunBoundaries Guards::boundaries(const GuardedRun& run,
                                 const core::guard::Judgement& judgement) const {
  std::vector<std::unique_ptr<RunBoundary>> boundaries;
  for (const auto& guard : guards_) {
    auto boundary = guard->boundary(run);
    if (!boundary) continue;
    const bool is_overridden =
        std::ranges::find(judgement.overridden, boundary->guard(), &core::guard::Override::guard) !=
        judgement.overridden.end();
    if (!is_overridden) boundaries.push_back(std::move(boundary));
  }
  return RunBoundaries(std::move(boundaries));
}

}  // namespace migrate::app
