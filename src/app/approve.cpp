#include "app/approve.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/guard/approval.h"
#include "record.h"
#include "stopwatch.h"

namespace migrate::app {
namespace {

std::optional<core::Refusal> refuse_approval(const core::FrozenPlan& plan,
                                             const core::ServerInfo& here,
                                             const std::vector<std::string>& approvers) {
  const std::string server = core::server_words(here);
  if (plan.schema != here.schema || plan.server != server) {
    return core::Refusal{
        .reason = fmt::format("the plan is for schema {} on {}, and this is schema {} on {}",
                              plan.schema, plan.server, here.schema, server),
        .way_out = "name the plan's environment with --env"};
  }
  const bool may = approvers.empty() || std::ranges::any_of(approvers, [&](const auto& entry) {
                     return core::guard::is_account(entry, here.account);
                   });
  if (may) return std::nullopt;
  return core::Refusal{.reason = fmt::format("{} is not among the approvers", here.account),
                       .way_out = fmt::format("connect as one of: {}", fmt::join(approvers, ", "))};
}

}  // namespace

core::ExitCode approve(const RunPorts& ports, const FrozenRequest& frozen,
                       const std::vector<std::string>& approvers, const std::string& comment) {
  const Stopwatch stopwatch(ports.clock);
  const auto finish = [&](core::ExitCode code) {
    ports.events.on(core::event::RunFinished{.code = code, .duration_us = stopwatch.elapsed_us()});
    return code;
  };
  const auto session = ports.server.connect();
  if (const auto refusal = refuse_approval(frozen.plan, session->info(), approvers)) {
    ports.events.on(core::event::Refused{*refusal});
    return finish(refusal->code);
  }
  ports.events.on(core::event::RunStarted{
      .run_id = ports.run_id, .command = ports.command, .server = session->info()});
  session->history().prepare();
  record(*session, {core::journal::Logged{.event = core::guard::approved_event,
                                          .message = fmt::format("{} {}", frozen.hash, comment)}});
  ports.events.on(core::event::Recorded{
      fmt::format("plan {} of {} step{} approved by {}; another account may run it now",
                  frozen.hash.substr(0, core::shown_plan_digits), frozen.plan.steps.size(),
                  frozen.plan.steps.size() == 1 ? "" : "s", session->info().account)});
  return finish(core::ExitCode::done);
}

}  // namespace migrate::app
