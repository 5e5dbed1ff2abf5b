#include "app/preflight.h"

#include <memory>
#include <string>

#include "commands.h"
#include "up_selection.h"

namespace migrate::cli {
namespace {

struct PreflightOptions {
  UpSelection selection;
  std::string plan;  ///< the file of a frozen plan
};

app::PreflightRequest request_of(World& world, const PreflightOptions& options) {
  app::PreflightRequest request{
      .tool_version = world.tool_version(),
      .before = core::check::checks_for(core::check::Moment::before, world.checks()),
      .online = world.online_tool()};
  if (options.plan.empty()) {
    request.up = request_of(world, options.selection);
  } else {
    request.frozen = world.read_frozen_plan(options.plan);
    request.up = request.frozen->plan.request;
  }
  return request;
}

core::ExitCode run_preflight(World& world, const PreflightOptions& options) {
  const app::PreflightRequest request = request_of(world, options);
  return world.ask([&](const app::CheckPorts& checks) {
    const auto session = world.connect();
    const core::preflight::Preflight preflight =
        app::preflight(*session, world.steps(), world.guards(), checks, request);
    if (const auto stop = checks.cancellation.requested()) return *stop;
    world.presenter().preflight(preflight);
    return preflight.exit_code();
  });
}

}  // namespace

void add_preflight(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "preflight", "Ask everything that `up` would meet before its first statement; never writes");
  command->footer(
      "Exit code: 0 nothing is in the way, else that of the run: 4 refused, 3 drift, 6 in doubt.\n"
      "Example: the whole checklist before a maintenance window\n"
      "  migrate preflight --env production --plan plan.json");
  const auto options = std::make_shared<PreflightOptions>();
  add_selection(*command, options->selection);
  add_frozen(*command, options->plan, "Ask about this frozen plan");
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_preflight(world, *options); };
  });
}

}  // namespace migrate::cli
