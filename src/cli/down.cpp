#include <memory>
#include <optional>
#include <string>

#include "app/migration.h"
#include "app/planning.h"
#include "commands.h"
#include "confirmation.h"
#include "count.h"
#include "guard_warnings.h"
#include "version_option.h"

namespace migrate::cli {
namespace {

struct DownOptions {
  std::uint64_t steps = 1;
  std::optional<std::string> to;
  bool all = false;
  bool dry_run = false;
  bool yes = false;
};

core::DownRequest request_of(const DownOptions& options) {
  using Extent = core::DownRequest::Extent;
  if (options.all) return {.extent = Extent::all};
  if (options.to) return {.extent = Extent::to, .to = version_option("--to", options.to)};
  return {.extent = Extent::steps, .steps = options.steps};
}

core::PlanResult plan_now(World& world, port::Session& session, const core::DownRequest& request) {
  return app::plan_down_on(session, world.steps(), app::load_catalog(world.steps()), request);
}

core::ExitCode show_down(World& world, const core::DownRequest& request) {
  const auto session = world.connect();
  core::PlanResult result = plan_now(world, *session, request);
  auto* plan = std::get_if<core::Plan>(&result);
  if (plan != nullptr && !plan->steps.empty()) warn_of_guards(world, "down", *plan, *session);
  return show_plan(world, result, *session);
}

core::ExitCode run_down(World& world, const DownOptions& options) {
  const core::DownRequest request = request_of(options);
  if (options.dry_run) return show_down(world, request);
  if (world.target().protection == Protection::on && !options.yes) {
    const auto session = world.connect();
    if (auto stop = confirm_plan(world, plan_now(world, *session, request), *session)) return *stop;
  }
  return world.run_with_hooks("down", [&](const app::RunPorts& ports, const app::RunHooks& hooks) {
    return app::down(ports, request, hooks);
  });
}

core::ExitCode run_redo(World& world, bool yes) {
  if (world.target().protection == Protection::on && !yes) {
    const core::Catalog catalog = app::load_catalog(world.steps());
    const auto session = world.connect();
    const core::PlanResult plan = app::plan_redo_on(*session, world.steps(), catalog);
    if (auto stop = confirm_plan(world, plan, *session)) return *stop;
  }
  return world.run_with_hooks("redo", app::redo);
}

}  // namespace

void add_down(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("down", "Undo applied steps, the last one first");
  command->footer(
      "Example: undo everything after version 20260105090000\n  migrate down --to 20260105090000");
  const auto options = std::make_shared<DownOptions>();
  auto* steps = command->add_option("--steps", options->steps, "Undo the last N steps (default 1)")
                    ->check(at_least_one())
                    ->type_name("N");
  auto* to = command->add_option("--to", options->to, "Undo what was applied after this version")
                 ->type_name("VERSION");
  auto* all = command->add_flag("--all", options->all, "Undo every versioned step");
  steps->excludes(to)->excludes(all);
  to->excludes(all);
  command->add_flag("--dry-run", options->dry_run, "Only show what would run");
  command->add_flag("--yes", options->yes, "Do not ask, also in a protected environment");
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_down(world, *options); };
  });
}

void add_redo(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("redo", "Undo the last step and apply it again");
  command->footer("Example: try a step that is being written\n  migrate redo");
  const auto yes = std::make_shared<bool>(false);
  command->add_flag("--yes", *yes, "Do not ask, also in a protected environment");
  command->callback(
      [&request, yes] { request.run = [yes](World& world) { return run_redo(world, *yes); }; });
}

}  // namespace migrate::cli
