#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "adapter/config/environment.h"
#include "adapter/config/settings.h"
#include "adapter/mysql/server.h"
#include "adapter/output/style.h"
#include "cli/request.h"
#include "cli/world.h"
#include "port/background.h"
#include "port/clock.h"

namespace migrate::sandbox {
class ThrowAwayServer;
}  // namespace migrate::sandbox

namespace migrate::wiring {

class SteadyClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::now();
  }
  void sleep(std::chrono::milliseconds time) const override { std::this_thread::sleep_for(time); }
};

/// Each task has a thread of its own.
class Threads : public port::Background {
 public:
  std::future<void> begin(std::function<void()> task) override {
    return std::async(std::launch::async, std::move(task));
  }
};

/// The world of a command as this process has it: files, environment, terminal, server. What a
/// command does not ask for is never made.
class ProcessWorld : public cli::World {
 public:
  explicit ProcessWorld(cli::GlobalOptions global);
  ~ProcessWorld() override;
  ProcessWorld(const ProcessWorld&) = delete;
  ProcessWorld& operator=(const ProcessWorld&) = delete;

  port::Presenter& presenter() override { return *presenter_; }
  port::Terminal& terminal() override { return *terminal_; }
  port::StepSource& steps() override;
  port::Background& background() override { return background_; }
  port::Sandbox& sandbox() override;
  cli::Target target() override;
  std::vector<port::SettingRow> settings() override;
  core::lint::Severities lint_severities() override;
  core::audit::Policy audit_policy() override;
  std::vector<core::check::Check> checks() override;
  std::vector<std::pair<std::string, std::string>> version_facts() override;
  std::string tool_version() override;
  std::vector<std::string> approvers() override { return loaded().guards.approvers.value; }
  bool requires_approval() override;
  std::string hash_of(const core::FrozenPlan& plan) override;
  app::Guards guards() override;
  std::optional<app::OnlineTool> online_tool() override;
  std::unique_ptr<World> in_environment(const std::string& name, const std::string& flag) override;
  std::unique_ptr<port::Session> connect() override;
  std::unique_ptr<port::Session> connect_as(std::string_view command) override;
  std::unique_ptr<port::Facts> facts() override;
  std::unique_ptr<port::AuditFacts> audit_facts() override;
  std::unique_ptr<port::Traffic> traffic() override;
  std::unique_ptr<port::CheckQueries> check_queries() override;
  core::ExitCode ask(
      const std::function<core::ExitCode(const app::CheckPorts&)>& use_case) override;
  core::ExitCode wait_for_window() override;
  core::ExitCode run(std::string_view command,
                     const std::function<core::ExitCode(const app::RunPorts&)>& use_case) override;
  core::ExitCode run_with_hooks(
      std::string_view command,
      const std::function<core::ExitCode(const app::RunPorts&, const app::RunHooks&)>& use_case)
      override;
  void rehearse(cli::ScratchPlace place, const std::optional<core::rehearsal::ServerTraits>& like,
                const std::function<void(const app::RehearsalPorts&)>& use_case) override;
  std::string keep_attestations(std::vector<core::rehearsal::Attestation> attestations,
                                const std::string& path) override;
  std::unique_ptr<port::StepSource> ddl_files() override;
  std::unique_ptr<port::StepSource> ddl_files(const std::string& folder) override;
  void back_up(const cli::BackupWishes& wishes,
               const std::function<void(const app::BackupPorts&, const app::BackupRequest&)>&
                   use_case) override;
  void verify_backup(const std::string& path,
                     const std::function<void(const app::VerifyBackupPorts&, const app::Verifier&)>&
                         use_case) override;
  std::unique_ptr<port::BackupFolder> backups() override;
  std::unique_ptr<port::StoredBackup> backup_at(const std::string& path) override;
  std::unique_ptr<port::RestoreTarget> restore_target() override;
  std::string write_frozen_plan(const std::string& path, const core::FrozenPlan& plan) override;
  app::FrozenRequest read_frozen_plan(const std::string& path) override;
  std::unique_ptr<port::StepSource> ddl_texts(std::vector<core::AppliedText> texts) override;
  core::Script load_script(const std::string& path) override;
  std::pair<std::string, std::string> create_step(const std::string& name) override;
  std::pair<std::string, std::string> write_step(const std::string& folder, const std::string& name,
                                                 const core::audit::StepTexts& texts) override;
  void write_file(const std::string& path, const std::string& text) override;
  std::vector<std::string> ignored_objects() override { return loaded().ignored_objects; }
  void exec_client(const std::vector<std::string>& arguments) override;

 private:
  ProcessWorld(cli::GlobalOptions global, config::Environment environment,
               std::shared_ptr<mysql::ClientLibrary> library);

  const config::Settings& loaded();
  /// Keeps it as long as this world.
  const core::ConnectionOptions& start(std::unique_ptr<migrate::sandbox::ThrowAwayServer> server);
  /// Beside which its family's tools may lie; empty: nobody knows.
  std::filesystem::path server_program();
  config::Folders folders() const;
  const core::ConnectionOptions& connection();
  /// Commands that stand in migrate.yaml.
  std::unique_ptr<port::Programs> user_programs();

  cli::GlobalOptions global_;
  config::Environment environment_;
  std::shared_ptr<mysql::ClientLibrary> library_;  ///< of the process
  output::Style out_style_;
  output::Style err_style_;
  SteadyClock clock_;
  Threads background_;
  std::unique_ptr<port::Presenter> presenter_;
  std::unique_ptr<port::Terminal> terminal_;
  std::optional<config::Settings> settings_;
  std::optional<core::ConnectionOptions> connection_;
  std::unique_ptr<port::StepSource> steps_;
  std::unique_ptr<port::Sandbox> sandbox_;
  std::unique_ptr<migrate::sandbox::ThrowAwayServer> throw_away_server_;
};

}  // namespace migrate::wiring
