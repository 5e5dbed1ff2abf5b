#include <memory>
#include <string>

#include "app/exec.h"
#include "commands.h"
#include "confirmation.h"

namespace migrate::cli {

void add_new(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand("new", "Create the two files of a new step");
  command->footer("Example:\n  migrate new add_customer_notes");
  const auto name = std::make_shared<std::string>();
  command->add_option("name", *name, "What the step does, in a few words")
      ->required()
      ->type_name("NAME");
  command->callback([&request, name] {
    request.run = [name](World& world) {
      const auto [up, down] = world.create_step(*name);
      world.presenter().facts("new", {{"up", up}, {"down", down}});
      return core::ExitCode::done;
    };
  });
}

void add_exec(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "exec", "Run a SQL file in the same session and under the same lock as `up`");
  command->footer(
      "Example: a check before the release\n  migrate exec checks/orphans.sql --env staging");
  struct ExecOptions {
    std::string file;
    bool yes = false;
  };
  const auto options = std::make_shared<ExecOptions>();
  command->add_option("file", options->file, "The file")->required()->type_name("FILE");
  command->add_flag("--yes", options->yes, "Do not ask, also in a protected environment");
  command->callback([&request, options] {
    request.run = [options](World& world) {
      const core::Script script = world.load_script(options->file);
      if (world.target().protection == Protection::on && !options->yes) {
        if (auto stop = confirm_change(world, "run " + options->file)) return *stop;
      }
      return world.run("exec",
                       [&](const app::RunPorts& ports) { return app::exec(ports, script); });
    };
  });
}

}  // namespace migrate::cli
