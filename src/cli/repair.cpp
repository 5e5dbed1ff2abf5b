#include <memory>
#include <string>

#include <fmt/format.h>

#include "app/migration.h"
#include "commands.h"
#include "confirmation.h"
#include "reason.h"
#include "version_option.h"

namespace migrate::cli {
namespace {

core::ExitCode run_reset(World& world, bool yes) {
  const Target target = world.target();
  if (target.protection == Protection::on) {
    world.presenter().refusal(
        {.reason =
             fmt::format("environment {} is protected: it is never reset", target.environment),
         .way_out = "a reset is for databases that can be thrown away"});
    return core::ExitCode::refused;
  }
  if (!yes) {
    const auto answer = world.terminal().ask(
        fmt::format("This drops everything in schema {}. Type its name to go on: ", target.schema));
    if (answer != target.schema) {
      world.presenter().refusal(
          {.reason = answer ? "that is not the schema's name; nothing was dropped"
                            : "there is no terminal to ask on; nothing was dropped",
           .way_out = "if everything in the schema may go: migrate reset --yes"});
      return core::ExitCode::refused;
    }
  }
  return world.run("reset", [](const app::RunPorts& ports) { return app::reset(ports); });
}

}  // namespace

void add_baseline(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "baseline", "Mark the steps up to a version as applied, on a database that has them already");
  command->footer(
      "Example: adopt a database that was built by hand\n  migrate baseline 20260105090000");
  struct BaselineOptions {
    std::string version;
    bool yes = false;
  };
  const auto options = std::make_shared<BaselineOptions>();
  command->add_option("version", options->version, "The last version that the database already has")
      ->required()
      ->type_name("VERSION");
  command->add_flag("--yes", options->yes, "Do not ask, also in a protected environment");
  command->callback([&request, options] {
    request.run = [options](World& world) {
      const auto wanted = version_option("baseline", options->version);
      if (world.target().protection == Protection::on && !options->yes) {
        if (auto stop = confirm_change(world, "mark steps as applied")) return *stop;
      }
      return world.run("baseline",
                       [&](const app::RunPorts& ports) { return app::baseline(ports, *wanted); });
    };
  });
}

void add_reset(CLI::App& app, Request& request) {
  auto* command =
      app.add_subcommand("reset", "Drop everything in the schema and apply all steps again");
  command->footer("Example: a fresh local database\n  migrate reset --yes");
  const auto yes = std::make_shared<bool>(false);
  command->add_flag("--yes", *yes, "Do not ask for the schema's name");
  command->callback(
      [&request, yes] { request.run = [yes](World& world) { return run_reset(world, *yes); }; });
}

void add_resolve(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("resolve", "Say what became of a statement that is in doubt");
  command->footer(
      "Example: the table has the new column\n  migrate resolve --applied --reason \"orders.note "
      "is there, seen with SHOW CREATE TABLE\"");
  struct ResolveOptions {
    bool applied = false;
    bool not_applied = false;
    std::string reason;
  };
  const auto options = std::make_shared<ResolveOptions>();
  auto* decision = command->add_option_group("decision");
  decision->add_flag("--applied", options->applied, "It took effect: go on behind it");
  decision->add_flag("--not-applied", options->not_applied, "It had no effect: run it again");
  decision->require_option(1);
  command->add_option("--reason", options->reason, "How you know; it goes into the history")
      ->check(says_something())
      ->required();
  command->callback([&request, options] {
    request.run = [options](World& world) {
      const auto said = options->applied ? app::Decision::applied : app::Decision::not_applied;
      return world.run("resolve", [&](const app::RunPorts& ports) {
        return app::resolve(ports, said, options->reason);
      });
    };
  });
}

}  // namespace migrate::cli
