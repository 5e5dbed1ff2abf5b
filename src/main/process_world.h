#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <thread>

#include "adapter/config/settings.h"
#include "adapter/mysql/server.h"
#include "adapter/output/style.h"
#include "cli/request.h"
#include "cli/world.h"
#include "port/clock.h"

namespace migrate::wiring {

class SteadyClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::now();
  }
  void sleep(std::chrono::milliseconds time) const override { std::this_thread::sleep_for(time); }
};

/// The world of a command as this process has it: files, environment, terminal, server. What a
/// command does not ask for is never made.
class ProcessWorld : public cli::World {
 public:
  explicit ProcessWorld(cli::GlobalOptions global);

  port::Presenter& presenter() override { return *presenter_; }
  port::Terminal& terminal() override { return *terminal_; }
  port::StepSource& steps() override;
  port::Sandbox& sandbox() override;
  cli::Target target() override;
  std::vector<port::SettingRow> settings() override;
  core::lint::Severities lint_severities() override;
  std::vector<std::pair<std::string, std::string>> version_facts() override;
  std::unique_ptr<port::Session> connect() override;
  core::ExitCode run(std::string_view command,
                     const std::function<core::ExitCode(const app::RunPorts&)>& use_case) override;
  std::unique_ptr<cli::ScratchSchema> scratch_schema(core::ServerFamily family) override;
  void rehearse(cli::ScratchSchema& scratch,
                const std::function<core::ExitCode(const app::RunPorts&)>& use_case) override;
  core::Script load_script(const std::string& path) override;
  std::pair<std::string, std::string> create_step(const std::string& name) override;
  void write_file(const std::string& path, const std::string& text) override;
  std::vector<std::string> ignored_objects() override { return loaded().ignored_objects; }
  void exec_client(const std::vector<std::string>& arguments) override;

 private:
  const config::Settings& loaded();
  config::Folders folders() const;
  const core::ConnectionOptions& connection();
  std::unique_ptr<port::Server> server(core::RunIdentity identity);

  cli::GlobalOptions global_;
  mysql::ClientLibrary library_;
  output::Style out_style_;
  output::Style err_style_;
  SteadyClock clock_;
  std::unique_ptr<port::Presenter> presenter_;
  std::unique_ptr<port::Terminal> terminal_;
  std::optional<config::Settings> settings_;
  std::optional<core::ConnectionOptions> connection_;
  std::unique_ptr<port::StepSource> steps_;
  std::unique_ptr<port::Sandbox> sandbox_;
};

}  // namespace migrate::wiring
