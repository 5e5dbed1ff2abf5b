#include "app/guard/guards.h"

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

}  // namespace migrate::app
