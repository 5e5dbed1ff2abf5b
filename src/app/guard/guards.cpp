#include "app/guard/guards.h"

namespace migrate::app {

core::guard::Judgement Guards::judge(const GuardedRun& run) const {
  std::vector<core::guard::Verdict> verdicts;
  verdicts.reserve(guards_.size());
  for (const auto& guard : guards_) verdicts.push_back(guard->ask(run));
  return core::guard::judge(verdicts, overrides_);
}

}  // namespace migrate::app
