#include "app/guard/rehearsal.h"

#include <fmt/format.h>

#include "app/rehearsal/attestations.h"

namespace migrate::app {

core::guard::Verdict RehearsalGuard::ask(const GuardedRun& run) const {
  if (run.plan.steps.empty()) return core::guard::not_rehearsed(run.command);
  const core::ServerInfo& server = run.session.info();
  std::vector<core::Step> planned;
  planned.reserve(run.plan.steps.size());
  for (const core::PlannedStep& one : run.plan.steps) planned.push_back(one.step);
  auto found = find_attestations(run.session.history(), planned, server.family, server.version);
  std::vector<core::guard::RehearsedStep> steps;
  steps.reserve(planned.size());
  for (std::size_t i = 0; i < planned.size(); ++i) {
    steps.push_back({.name = core::display_name(planned[i].id, planned[i].name),
                     .direction = run.plan.steps[i].direction,
                     .attestation = std::move(found[i])});
  }
  return core::guard::rehearsal_verdict(
      steps, down_,
      fmt::format("{} {}", server.family == core::ServerFamily::mariadb ? "MariaDB" : "MySQL",
                  core::rehearsal::server_series(server.version)),
      environment_);
}

}  // namespace migrate::app
