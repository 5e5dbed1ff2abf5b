#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/backup/backup.h"
#include "app/backup/verify.h"
#include "app/check.h"
#include "app/freezing.h"
#include "app/guard/guards.h"
#include "app/hooks.h"
#include "app/ports.h"
#include "app/rehearsal/rehearsal_ports.h"
#include "core/audit/alignment.h"
#include "core/audit/policy.h"
#include "core/check/check.h"
#include "core/exit_code.h"
#include "core/history.h"
#include "core/lint/linter.h"
#include "core/rehearsal/attestation.h"
#include "core/rehearsal/server_traits.h"
#include "core/step.h"
#include "port/audit_facts.h"
#include "port/background.h"
#include "port/check_queries.h"
#include "port/facts.h"
#include "port/presenter.h"
#include "port/sandbox.h"
#include "port/session.h"
#include "port/step_source.h"
#include "port/terminal.h"
#include "port/traffic.h"

namespace migrate::cli {

enum class Protection { off, on };

/// Where an environment is.
enum class Place { private_server, server };

/// Where scratch schemas are made.
enum class ScratchPlace {
  private_server,  ///< of the project, or one beside it that is more like another server
  target,          ///< the server of this world's own environment
};

/// What a command is run against, by name.
struct Target {
  std::string environment;  ///< empty: none was chosen
  std::string schema;
  Protection protection = Protection::off;
  Place place = Place::private_server;
};

/// What the command line says of a backup; what is empty, migrate.yaml or nobody does.
struct BackupWishes {
  std::string out;  ///< path of the file
  std::string dump_tool;
  std::string snapshot_command;
};

/// What a command needs of the outside, made when it is asked for: `validate` never connects,
/// `version` never reads a file. Implemented in main. Everything may throw core::Fault.
class World {
 public:
  virtual ~World() = default;

  virtual port::Presenter& presenter() = 0;
  virtual port::Terminal& terminal() = 0;
  virtual port::Background& background() = 0;
  virtual port::StepSource& steps() = 0;
  virtual port::Sandbox& sandbox() = 0;
  virtual Target target() = 0;
  virtual std::vector<port::SettingRow> settings() = 0;
  /// What migrate.yaml says of rules; no environment need be chosen.
  virtual core::lint::Severities lint_severities() = 0;
  /// What migrate.yaml says of audits, likewise.
  virtual core::audit::Policy audit_policy() = 0;
  /// The checks that there are, likewise; those of an environment when it is chosen.
  virtual std::vector<core::check::Check> checks() = 0;
  virtual std::vector<std::pair<std::string, std::string>> version_facts() = 0;
  virtual std::string tool_version() = 0;
  /// Who may approve a plan in this environment; none: everybody.
  virtual std::vector<std::string> approvers() = 0;
  /// Whether what runs in this environment is a plan that was approved.
  virtual bool requires_approval() = 0;
  /// What stands in front of a run in this environment.
  virtual app::Guards guards() = 0;

  /// The environment's tool for online changes, to be told of, not to be run; nothing: statements
  /// go to the server themselves.
  virtual std::optional<app::OnlineTool> online_tool() = 0;

  /// The same project in another environment of its migrate.yaml; what flags and variables say of
  /// servers does not count there. `flag`: what named it, for messages.
  virtual std::unique_ptr<World> in_environment(const std::string& name,
                                                const std::string& flag) = 0;

  /// A session to look with.
  virtual std::unique_ptr<port::Session> connect() = 0;
  /// One that writes to the history, as this command.
  virtual std::unique_ptr<port::Session> connect_as(std::string_view command) = 0;
  virtual std::unique_ptr<port::Facts> facts() = 0;
  virtual std::unique_ptr<port::AuditFacts> audit_facts() = 0;
  /// Connects when something is asked.
  virtual std::unique_ptr<port::Traffic> traffic() = 0;
  /// Connects when something is asked.
  virtual std::unique_ptr<port::CheckQueries> check_queries() = 0;
  /// Asks checks, with signals in place.
  virtual core::ExitCode ask(
      const std::function<core::ExitCode(const app::CheckPorts&)>& use_case) = 0;

  /// Runs a use case on scratch schemas, with log and signals in place. The private server is one
  /// of its own, which goes with this world; if there is a choice, the one most like `like`.
  virtual void rehearse(ScratchPlace place,
                        const std::optional<core::rehearsal::ServerTraits>& like,
                        const std::function<void(const app::RehearsalPorts&)>& use_case) = 0;
  /// Dates and signs them, and writes them to a file: `path`, or one of the state folder when that
  /// is empty. Returns its path.
  virtual std::string keep_attestations(std::vector<core::rehearsal::Attestation> attestations,
                                        const std::string& path) = 0;
  /// The project's ddl files alone; none where it has no such folder.
  virtual std::unique_ptr<port::StepSource> ddl_files() = 0;
  /// The ddl files of another folder.
  virtual std::unique_ptr<port::StepSource> ddl_files(const std::string& folder) = 0;
  /// Ddl files as they were applied last.
  virtual std::unique_ptr<port::StepSource> ddl_texts(std::vector<core::AppliedText> texts) = 0;

  /// Runs a use case that changes the database, with progress, log and signals in place, and
  /// presents its report. `command` is its name in the history.
  virtual core::ExitCode run(
      std::string_view command,
      const std::function<core::ExitCode(const app::RunPorts&)>& use_case) = 0;

  /// The same with the environment's hooks.
  virtual core::ExitCode run_with_hooks(
      std::string_view command,
      const std::function<core::ExitCode(const app::RunPorts&, const app::RunHooks&)>&
          use_case) = 0;

  /// Until a window of this environment is open, with signals in place: done, or the signal's exit
  /// code. Throws Fault(configuration) where it has none.
  virtual core::ExitCode wait_for_window() = 0;

  /// Runs a use case that makes a backup, with progress, log and signals in place.
  virtual void back_up(
      const BackupWishes& wishes,
      const std::function<void(const app::BackupPorts&, const app::BackupRequest&)>& use_case) = 0;
  /// The same of one that restores it into a private server, which goes with this world.
  virtual void verify_backup(
      const std::string& path,
      const std::function<void(const app::VerifyBackupPorts&, const app::Verifier&)>& use_case) = 0;
  /// The folder of this environment's backups.
  virtual std::unique_ptr<port::BackupFolder> backups() = 0;
  virtual std::unique_ptr<port::StoredBackup> backup_at(const std::string& path) = 0;
  /// The schema of this environment, to load a backup into.
  virtual std::unique_ptr<port::RestoreTarget> restore_target() = 0;

  /// Freezes a plan into a file and returns its hash.
  virtual std::string write_frozen_plan(const std::string& path, const core::FrozenPlan& plan) = 0;
  /// The hash that a plan would have in a file.
  virtual std::string hash_of(const core::FrozenPlan& plan) = 0;
  virtual app::FrozenRequest read_frozen_plan(const std::string& path) = 0;

  /// A file outside the catalog.
  virtual core::Script load_script(const std::string& path) = 0;
  /// Creates an up and a down file for a new step and returns their paths.
  virtual std::pair<std::string, std::string> create_step(const std::string& name) = 0;
  /// The same with these texts, in another folder, from the working directory.
  virtual std::pair<std::string, std::string> write_step(const std::string& folder,
                                                         const std::string& name,
                                                         const core::audit::StepTexts& texts) = 0;
  /// Whole or not at all.
  virtual void write_file(const std::string& path, const std::string& text) = 0;
  /// The patterns of objects that nobody looks at: `ignore` of migrate.yaml.
  virtual std::vector<std::string> ignored_objects() = 0;
  /// Replaces this process by the family's command-line client, connected to the private server.
  /// Returns only by throwing.
  virtual void exec_client(const std::vector<std::string>& arguments) = 0;
};

}  // namespace migrate::cli
