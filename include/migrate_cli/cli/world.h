#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/ports.h"
#include "core/exit_code.h"
#include "core/lint/linter.h"
#include "core/step.h"
#include "port/presenter.h"
#include "port/sandbox.h"
#include "port/session.h"
#include "port/step_source.h"
#include "port/terminal.h"

namespace migrate::cli {

enum class Protection { off, on };

/// What a command is run against, by name.
struct Target {
  std::string environment;  ///< empty: none was chosen
  std::string schema;
  Protection protection = Protection::off;
};

/// An empty schema on the private server, which is dropped with it.
class ScratchSchema {
 public:
  virtual ~ScratchSchema() = default;
  virtual port::Server& server() = 0;
};

/// What a command needs of the outside, made when it is asked for: `validate` never connects,
/// `version` never reads a file. Implemented in main. Everything may throw core::Fault.
class World {
 public:
  virtual ~World() = default;

  virtual port::Presenter& presenter() = 0;
  virtual port::Terminal& terminal() = 0;
  virtual port::StepSource& steps() = 0;
  virtual port::Sandbox& sandbox() = 0;
  virtual Target target() = 0;
  virtual std::vector<port::SettingRow> settings() = 0;
  /// What migrate.yaml says of rules; no environment need be chosen.
  virtual core::lint::Severities lint_severities() = 0;
  virtual std::vector<std::pair<std::string, std::string>> version_facts() = 0;

  /// A session to look with.
  virtual std::unique_ptr<port::Session> connect() = 0;

  /// Runs a use case that changes the database, with progress, log and signals in place, and
  /// presents its report. `command` is its name in the history.
  virtual core::ExitCode run(
      std::string_view command,
      const std::function<core::ExitCode(const app::RunPorts&)>& use_case) = 0;

  /// Throws Fault(configuration) when the private server is of another family.
  virtual std::unique_ptr<ScratchSchema> scratch_schema(core::ServerFamily family) = 0;
  /// Runs a use case there, without progress. Throws Fault(statement_failed) with what it said when
  /// it does not come to its end.
  virtual void rehearse(ScratchSchema& scratch,
                        const std::function<core::ExitCode(const app::RunPorts&)>& use_case) = 0;

  /// A file outside the catalog.
  virtual core::Script load_script(const std::string& path) = 0;
  /// Creates an up and a down file for a new step and returns their paths.
  virtual std::pair<std::string, std::string> create_step(const std::string& name) = 0;
  /// Whole or not at all.
  virtual void write_file(const std::string& path, const std::string& text) = 0;
  /// The patterns of objects that nobody looks at: `ignore` of migrate.yaml.
  virtual std::vector<std::string> ignored_objects() = 0;
  /// Replaces this process by the family's command-line client, connected to the private server.
  /// Returns only by throwing.
  virtual void exec_client(const std::vector<std::string>& arguments) = 0;
};

}  // namespace migrate::cli
