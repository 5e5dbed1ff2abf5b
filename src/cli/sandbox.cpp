#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "commands.h"

namespace migrate::cli {
namespace {

core::ExitCode show_status(World& world) {
  const port::SandboxStatus status = world.sandbox().status();
  const auto state = [&] {
    switch (status.state) {
      case port::SandboxState::absent:
        return "absent";
      case port::SandboxState::stopped:
        return "stopped";
      case port::SandboxState::running:
        return "running";
    }
    return "";
  }();
  std::vector<std::pair<std::string, std::string>> facts{
      {"state", state},
      {"server", status.version},
      {"program", status.server_binary.string()},
      {"data", status.data_directory.string()},
      {"bytes", fmt::format("{}", status.data_bytes)},
      {"log", status.log.string()}};
  if (status.pid) {
    facts.emplace_back("pid", fmt::format("{}", *status.pid));
    facts.emplace_back("socket", status.socket.string());
  }
  world.presenter().facts("sandbox", facts);
  return core::ExitCode::done;
}

}  // namespace

void add_sandbox(CLI::App& app, Request& request) {
  auto* command = app.add_subcommand(
      "sandbox", "The private server that is used when no environment is configured");
  command->footer("Example: look into it\n  migrate sandbox shell -e 'SHOW TABLES'");
  command->require_subcommand(1);
  const auto add = [&](const char* name, const char* help, core::ExitCode (*run)(World&)) {
    command->add_subcommand(name, help)->callback([&request, run] { request.run = run; });
  };
  add("start", "Start it, and create it first if need be", [](World& world) {
    world.sandbox().start();
    return show_status(world);
  });
  add("stop", "Stop it; the data stays", [](World& world) {
    world.sandbox().stop();
    return show_status(world);
  });
  add("status", "Show where it is and whether it runs", show_status);
  add("destroy", "Stop it and delete its data", [](World& world) {
    world.sandbox().destroy();
    return show_status(world);
  });
  auto* shell = command->add_subcommand("shell", "Open the server's command-line client on it");
  const auto sql = std::make_shared<std::string>();
  shell->add_option("-e,--execute", *sql, "Run this SQL and end")->type_name("SQL");
  shell->callback([&request, sql] {
    request.run = [sql](World& world) {
      world.exec_client(sql->empty() ? std::vector<std::string>{}
                                     : std::vector<std::string>{"-t", "-e", *sql});
      return core::ExitCode::internal;
    };
  });
}

}  // namespace migrate::cli
