#include "process_world.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "adapter/config/environment.h"
#include "adapter/config/password.h"
#include "adapter/files/plan_file.h"
#include "adapter/files/step_files.h"
#include "adapter/files/write_file.h"
#include "adapter/mysql/audit.h"
#include "adapter/mysql/checks.h"
#include "adapter/mysql/scratch.h"
#include "adapter/mysql/traffic.h"
#include "adapter/output/presenters.h"
#include "adapter/output/terminal.h"
#include "adapter/sandbox/sandbox.h"
#include "adapter/sandbox/throw_away_server.h"
#include "config_flags.h"
#include "core/fault.h"
#include "exec_client.h"
#include "guards.h"
#include "online.h"
#include "program_words.h"
#include "run_identity.h"
#include "shown_path.h"

namespace migrate::wiring {
namespace {

namespace fs = std::filesystem;

output::Style style_of(int fd, const cli::GlobalOptions& global) {
  const auto environment = config::process_environment();
  output::Style style = output::detect_style(
      fd, environment("NO_COLOR").value_or(""), environment("TERM").value_or(""),
      global.no_color ? output::ColourFlag::no_color : output::ColourFlag::unset);
  switch (global.detail) {
    case cli::Detail::quiet:
      style.verbosity = output::Verbosity::quiet;
      break;
    case cli::Detail::normal:
      style.verbosity = output::Verbosity::normal;
      break;
    case cli::Detail::verbose:
      style.verbosity = output::Verbosity::verbose;
      break;
  }
  return style;
}

/// Whoever reads events from stdout reads nothing else there.
std::ostream& results_of(const cli::GlobalOptions& global) {
  return global.events == "-" ? std::cerr : std::cout;
}

std::optional<fs::path> shown_ddl(const config::Folders& folders) {
  std::optional<fs::path> ddl;
  if (folders.ddl) ddl = shown_path(*folders.ddl);
  return ddl;
}

}  // namespace

ProcessWorld::ProcessWorld(cli::GlobalOptions global)
    : ProcessWorld(std::move(global), config::process_environment(),
                   std::make_shared<mysql::ClientLibrary>()) {}

ProcessWorld::ProcessWorld(cli::GlobalOptions global, config::Environment environment,
                           std::shared_ptr<mysql::ClientLibrary> library)
    : global_(std::move(global)),
      environment_(std::move(environment)),
      library_(std::move(library)),
      out_style_(style_of(global_.events == "-" ? STDERR_FILENO : STDOUT_FILENO, global_)),
      err_style_(style_of(STDERR_FILENO, global_)),
      presenter_(global_.format == cli::Format::json
                     ? output::make_json_presenter(results_of(global_))
                     : output::make_table_presenter(results_of(global_), std::cerr, out_style_,
                                                    program_words(global_))),
      terminal_(output::make_terminal()) {}

ProcessWorld::~ProcessWorld() = default;

const config::Settings& ProcessWorld::loaded() {
  if (!settings_) {
    settings_ = config::load_settings(config_flags(global_), environment_, fs::current_path());
    for (const std::string& warning : settings_->warnings)
      std::cerr << "migrate: warning: " << warning << '\n';
  }
  return *settings_;
}

config::Folders ProcessWorld::folders() const {
  return config::load_folders(config_flags(global_), environment_, fs::current_path());
}

port::StepSource& ProcessWorld::steps() {
  if (!steps_) {
    const config::Folders where = folders();
    std::optional<fs::path> known_files;
    if (where.state_dir) known_files = *where.state_dir / "known_files";
    steps_ = files::open_step_folders({.migrations = shown_path(where.migrations),
                                       .ddl = shown_ddl(where),
                                       .known_files = std::move(known_files)});
  }
  return *steps_;
}

port::Sandbox& ProcessWorld::sandbox() {
  if (!sandbox_) {
    const config::Settings& settings = loaded();
    sandbox_ = migrate::sandbox::open(
        {.state_dir = settings.state_dir / "sandbox", .server_binary = settings.server_binary});
  }
  return *sandbox_;
}

cli::Target ProcessWorld::target() {
  const config::Settings& settings = loaded();
  return {.environment = settings.environment,
          .schema = settings.connection.schema,
          .protection = settings.protection == config::Protection::on ? cli::Protection::on
                                                                      : cli::Protection::off,
          .place = settings.target == config::Target::sandbox ? cli::Place::private_server
                                                              : cli::Place::server};
}

std::vector<port::SettingRow> ProcessWorld::settings() {
  std::vector<port::SettingRow> rows;
  for (const config::SettingRow& row : loaded().rows)
    rows.push_back({row.name, row.value, row.origin});
  return rows;
}

core::lint::Severities ProcessWorld::lint_severities() {
  return config::load_lint_severities(config_flags(global_), config::process_environment(),
                                      fs::current_path());
}

core::audit::Policy ProcessWorld::audit_policy() {
  return config::load_audit_policy(config_flags(global_), environment_, fs::current_path());
}

std::vector<core::check::Check> ProcessWorld::checks() {
  // What is decided already is not read again: `up` asks each time.
  if (settings_) return settings_->checks;
  return config::load_checks(config_flags(global_), environment_, fs::current_path());
}

std::vector<std::pair<std::string, std::string>> ProcessWorld::version_facts() {
  return {{"migrate", MIGRATE_VERSION}, {"client library", mysql::ClientLibrary::description()}};
}

std::string ProcessWorld::tool_version() {
  return MIGRATE_VERSION;
}

app::Guards ProcessWorld::guards() {
  return {guards_of(loaded(), global_, connection(), clock_), global_.overrides};
}

std::optional<app::OnlineTool> ProcessWorld::online_tool() {
  return online_tool_of(loaded(), connection());
}

const core::ConnectionOptions& ProcessWorld::connection() {
  if (!connection_) {
    const config::Settings& settings = loaded();
    if (settings.target == config::Target::sandbox) {
      connection_ = sandbox().start();
      connection_->schema = settings.connection.schema;
      mysql::create_schema(*connection_);
    } else {
      connection_ = settings.connection;
      if (connection_->schema.empty()) {
        throw core::Fault(
            core::ExitCode::configuration, "no schema is named",
            "name it with --schema, in the URL behind the slash, or as `schema` in migrate.yaml");
      }
      connection_->password = config::resolve_password(settings.password, environment_);
    }
  }
  return *connection_;
}

std::unique_ptr<port::Session> ProcessWorld::connect() {
  return connect_as("look");
}

std::unique_ptr<port::Session> ProcessWorld::connect_as(std::string_view command) {
  return mysql::open_server(connection(), run_identity(command))->connect();
}

std::unique_ptr<port::Facts> ProcessWorld::facts() {
  return mysql::open_facts(connection());
}

std::unique_ptr<port::AuditFacts> ProcessWorld::audit_facts() {
  return mysql::open_audit_facts(connection());
}

std::unique_ptr<port::Traffic> ProcessWorld::traffic() {
  return mysql::open_traffic(connection());
}

std::unique_ptr<port::CheckQueries> ProcessWorld::check_queries() {
  return mysql::open_check_queries(connection());
}

std::unique_ptr<cli::World> ProcessWorld::in_environment(const std::string& name,
                                                         const std::string& flag) {
  cli::GlobalOptions global = global_;
  for (const char* other :
       {"url", "host", "port", "socket", "user", "schema", "tls-mode", "tls-ca", "tls-cert",
        "tls-key", "defaults-file", "login-path", "password-file", "ask-password"})
    global.settings.erase(other);
  global.settings["env"] = name;
  global.env_flag = flag;
  config::Environment environment = [outer = environment_](std::string_view variable) {
    static constexpr std::array about_servers{
        "MIGRATE_URL",           "MIGRATE_HOST",       "MIGRATE_PORT",
        "MIGRATE_SOCKET",        "MIGRATE_USER",       "MIGRATE_SCHEMA",
        "MIGRATE_DEFAULTS_FILE", "MIGRATE_LOGIN_PATH", "MIGRATE_TLS_MODE"};
    const bool hidden = std::ranges::find(about_servers, variable) != about_servers.end();
    return hidden ? std::nullopt : outer(variable);
  };
  return std::unique_ptr<World>(
      new ProcessWorld(std::move(global), std::move(environment), library_));
}

std::unique_ptr<port::StepSource> ProcessWorld::ddl_files() {
  return files::open_step_folders({.migrations = std::nullopt, .ddl = shown_ddl(folders())});
}

std::unique_ptr<port::StepSource> ProcessWorld::ddl_files(const std::string& folder) {
  return files::open_step_folders({.migrations = std::nullopt, .ddl = folder});
}

std::string ProcessWorld::write_frozen_plan(const std::string& path, const core::FrozenPlan& plan) {
  return files::write_plan_file(path, plan, utc_timestamp(iso_time), client_name());
}

std::string ProcessWorld::hash_of(const core::FrozenPlan& plan) {
  return files::hash_of(plan);
}

bool ProcessWorld::requires_approval() {
  return loaded().guards.require.value.contains(core::guard::Name::approval);
}

app::FrozenRequest ProcessWorld::read_frozen_plan(const std::string& path) {
  files::PlanFile file = files::read_plan_file(path);
  file.plan.request.ignored_objects = ignored_objects();
  return {.plan = std::move(file.plan), .hash = std::move(file.hash)};
}

std::unique_ptr<port::StepSource> ProcessWorld::ddl_texts(std::vector<core::AppliedText> texts) {
  return files::open_step_texts(std::move(texts));
}

core::Script ProcessWorld::load_script(const std::string& path) {
  return files::load_script(path);
}

std::pair<std::string, std::string> ProcessWorld::create_step(const std::string& name) {
  return files::create_step_files(shown_path(folders().migrations),
                                  utc_timestamp("{:%Y%m%d%H%M%S}"), name);
}

std::pair<std::string, std::string> ProcessWorld::write_step(const std::string& folder,
                                                             const std::string& name,
                                                             const core::audit::StepTexts& texts) {
  return files::create_step_files(folder, utc_timestamp("{:%Y%m%d%H%M%S}"), name,
                                  files::StepTexts{texts.up, texts.down});
}

void ProcessWorld::write_file(const std::string& path, const std::string& text) {
  files::write_file(path, text);
}

void ProcessWorld::exec_client(const std::vector<std::string>& arguments) {
  wiring::exec_client(connection(), arguments);
}

}  // namespace migrate::wiring
