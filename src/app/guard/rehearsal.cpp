#include "app/guard/rehearsal.h"

#include <fmt/format.h>

#include "app/rehearsal/attestations.h"

namespace migrate::app {

core::guard::Verdict RehearsalGuard::ask(const GuardedRun& run) const {
  if (run.plan.steps.empty()) return core::guard::not_rehearsed(run.command);
  const core::ServerInfo& server = run.session.info();
  std::vector<core::guard::RehearsedStep> steps;
  steps.reserve(run.plan.steps.size());
  for (const core::PlannedStep& planned : run.plan.steps) {
    steps.push_back({.name = core::display_name(planned.step.id, planned.step.name),
                     .direction = planned.direction,
                     .attestation = find_attestation(run.session.history(), planned.step,
                                                     server.family, server.version)});
  }
  return core::guard::rehearsal_verdict(
      steps, down_,
      fmt::format("{} {}", server.family == core::ServerFamily::mariadb ? "MariaDB" : "MySQL",
                  core::rehearsal::server_series(server.version)),
      environment_);
}

}  // namespace migrate::app
