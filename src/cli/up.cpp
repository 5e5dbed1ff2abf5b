#include <memory>
#include <optional>
#include <string>

#include "app/migration.h"
#include "app/planning.h"
#include "commands.h"
#include "confirmation.h"
#include "reason.h"
#include "version_option.h"

namespace migrate::cli {
namespace {

struct UpOptions {
  std::optional<std::string> to;
  std::optional<std::uint64_t> steps;
  bool allow_out_of_order = false;
  core::OnFailure on_failure = core::OnFailure::stop;
  std::optional<std::string> accept_drift;
  bool dry_run = false;
  bool yes = false;
};

core::UpRequest request_of(World& world, const UpOptions& options) {
  return {.to = version_option("--to", options.to),
          .steps = options.steps,
          .out_of_order =
              options.allow_out_of_order ? core::OutOfOrder::allow : core::OutOfOrder::refuse,
          .on_failure = options.on_failure,
          .accept_drift = options.accept_drift,
          .ignored_objects = world.ignored_objects()};
}

core::PlanResult plan_now(World& world, const core::UpRequest& request) {
  const core::Catalog catalog = app::load_catalog(world.steps());
  return app::plan_up_on(*world.connect(), world.steps(), catalog, request);
}

core::ExitCode run_up(World& world, const UpOptions& options) {
  const core::UpRequest request = request_of(world, options);
  if (world.target().protection == Protection::on && !options.yes) {
    if (auto stop = confirm_plan(world, plan_now(world, request))) return *stop;
  }
  return world.run("up", [&](const app::RunPorts& ports) { return app::up(ports, request); });
}

core::ExitCode run_plan(World& world, const UpOptions& options) {
  return show_plan(world, plan_now(world, request_of(world, options)));
}

void add_selection(CLI::App& command, UpOptions& options) {
  command.add_option("--to", options.to, "Last version to apply")->type_name("VERSION");
  command.add_option("--steps", options.steps, "Apply at most N versioned steps")
      ->check(CLI::PositiveNumber)
      ->type_name("N");
  command.add_flag("--allow-out-of-order", options.allow_out_of_order,
                   "Apply a step although a higher version is already applied");
  command
      .add_option("--accept-drift", options.accept_drift,
                  "Run although objects that the steps change are not what the last run left; the "
                  "log keeps the reason")
      ->check(says_something())
      ->type_name("REASON");
  command
      .add_option_function<std::string>(
          "--on-failure",
          [&options](const std::string& word) {
            options.on_failure =
                word == "rollback" ? core::OnFailure::rollback : core::OnFailure::stop;
          },
          "stop (default), or rollback: undo what ran of a step that fails")
      ->check(CLI::IsMember({"stop", "rollback"}))
      ->type_name("WHAT");
}

}  // namespace

void add_up(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("up", "Apply the pending steps");
  command->footer("Example: see what would run, then run it\n  migrate up --dry-run\n  migrate up");
  const auto options = std::make_shared<UpOptions>();
  add_selection(*command, *options);
  command->add_flag("--dry-run", options->dry_run,
                    "Only show what would run; the same as: migrate plan");
  command->add_flag("--yes", options->yes, "Do not ask, also in a protected environment");
  command->callback([&request, options] {
    request.run = [options](World& world) {
      return options->dry_run ? run_plan(world, *options) : run_up(world, *options);
    };
  });
}

void add_plan(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("plan", "Show what `up` would do, statement by statement");
  command->footer(
      "Example: the plan for production, as JSON\n  migrate plan --env production --format json");
  const auto options = std::make_shared<UpOptions>();
  add_selection(*command, *options);
  command->callback([&request, options] {
    request.run = [options](World& world) { return run_plan(world, *options); };
  });
}

}  // namespace migrate::cli
