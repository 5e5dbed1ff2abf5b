#include "app/guard/grants.h"

namespace migrate::app {

core::guard::Verdict GrantsGuard::ask(const GuardedRun& run) const {
  std::vector<const core::Script*> scripts;
  scripts.reserve(run.plan.steps.size() + 1);
  for (const core::PlannedStep& planned : run.plan.steps) scripts.push_back(&planned.script);
  if (run.file != nullptr) scripts.push_back(run.file);
  const core::guard::Holding runs_as = server_->own();
  std::vector<core::guard::Holding> holdings{runs_as};
  for (const core::guard::Account& account : accounts_) {
    if (account != runs_as.account) holdings.push_back(server_->of(account));
  }
  std::vector<std::string> for_super = core::guard::logged_programs(scripts);
  const bool asked = !for_super.empty();
  if (asked && server_->creators() == core::guard::ProgramCreators::anybody) for_super.clear();
  return core::guard::grants_verdict(
      holdings, runs_as, core::guard::needs_of(run.session.info().schema, scripts), for_super);
}

}  // namespace migrate::app
