#include "process_world.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "adapter/config/environment.h"
#include "adapter/config/password.h"
#include "adapter/dump/dump_tool.h"
#include "adapter/files/backups.h"
#include "adapter/files/plan_file.h"
#include "adapter/files/step_files.h"
#include "adapter/files/write_file.h"
#include "adapter/mysql/accounts.h"
#include "adapter/mysql/audit.h"
#include "adapter/mysql/backup.h"
#include "adapter/mysql/checks.h"
#include "adapter/mysql/scratch.h"
#include "adapter/mysql/statement_look.h"
#include "adapter/mysql/traffic.h"
#include "adapter/output/log_sink.h"
#include "adapter/output/presenters.h"
#include "adapter/output/report_sink.h"
#include "adapter/output/tee_sink.h"
#include "adapter/output/terminal.h"
#include "adapter/posix/ticker.h"
#include "adapter/posix/user_programs.h"
#include "adapter/sandbox/sandbox.h"
#include "adapter/sandbox/throw_away_server.h"
#include "app/statement_watcher.h"
#include "canceller.h"
#include "config_flags.h"
#include "core/fault.h"
#include "exec_client.h"
#include "guards.h"
#include "hooks.h"
#include "online.h"
#include "program_words.h"
#include "run_identity.h"
#include "shown_path.h"
#include "signals.h"
#include "throw_away.h"
#include "watched_events.h"

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

app::LockPatience lock_patience(const config::Settings& settings) {
  return {.retries = settings.lock_retries,
          .kill_after = settings.kill_blockers_after,
          .killable = settings.kill_blockers.value};
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

core::ExitCode ProcessWorld::ask(
    const std::function<core::ExitCode(const app::CheckPorts&)>& use_case) {
  const auto queries = check_queries();
  Signals signals(canceller(connection(), run_identity("check")));
  return use_case({.queries = *queries, .cancellation = signals, .clock = clock_});
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

core::ExitCode ProcessWorld::run(
    std::string_view command, const std::function<core::ExitCode(const app::RunPorts&)>& use_case) {
  const core::RunIdentity run = run_identity(command);
  const auto server = mysql::open_server(connection(), run);
  port::StepSource& step_source = steps();
  // After the password prompt and the start of the private server: both want the signals for
  // themselves.
  Signals signals(canceller(connection(), run));
  output::ReportSink report;
  const WatchedEvents events(global_, err_style_, clock_, {report});
  const app::Guards on_guard = guards();
  const auto look = mysql::open_statement_look(connection());
  app::StatementWatcher watcher(events.sink(), signals, clock_, *look);
  const posix::Ticker every_second(std::chrono::seconds(1), [&watcher] { watcher.tick(); });
  const auto programs = posix::open_user_programs(
      {.directory = project_directory(loaded()), .secret_variables = loaded().secret_variables});
  std::optional<app::OnlineTool> online = online_tool();
  if (online) online->programs = programs.get();
  const core::ExitCode code = use_case({.server = *server,
                                        .steps = step_source,
                                        .events = watcher,
                                        .cancellation = watcher,
                                        .clock = clock_,
                                        .guards = on_guard,
                                        .online = online ? &*online : nullptr,
                                        .patience = {.lock = loaded().lock_timeout,
                                                     .orphan = loaded().orphan_timeout,
                                                     .orphans = global_.orphans,
                                                     .reconnect = loaded().reconnect_timeout,
                                                     .statement_locks = lock_patience(loaded())},
                                        .run_id = run.run_id,
                                        .command = run.command,
                                        .tool_version = run.tool_version});
  presenter().report(report.report());
  return code;
}

core::ExitCode ProcessWorld::run_with_hooks(
    std::string_view command,
    const std::function<core::ExitCode(const app::RunPorts&, const app::RunHooks&)>& use_case) {
  const config::Settings& settings = loaded();
  const auto programs = posix::open_user_programs(
      {.directory = project_directory(settings), .secret_variables = settings.secret_variables});
  const app::RunHooks hooks{.hooks = hooks_of(settings),
                            .programs = programs.get(),
                            .variables = variables_of(settings, connection())};
  return run(command, [&](const app::RunPorts& ports) { return use_case(ports, hooks); });
}

core::ExitCode ProcessWorld::wait_for_window() {
  const auto hours = window_hours(loaded(), connection(), clock_);
  const Signals signals([](std::uint64_t) {});
  const WatchedEvents events(global_, err_style_, clock_);
  return app::wait_for_window(*hours, signals, clock_, events.sink());
}

const core::ConnectionOptions& ProcessWorld::start(
    std::unique_ptr<migrate::sandbox::ThrowAwayServer> server) {
  throw_away_server_ = std::move(server);
  return throw_away_server_->connection();
}

fs::path ProcessWorld::server_program() {
  const config::Settings& settings = loaded();
  const bool is_private = settings.target == config::Target::sandbox;
  if (!is_private || !settings.server_binary.empty()) return settings.server_binary;
  return sandbox().status().server_binary;
}

void ProcessWorld::back_up(
    const cli::BackupWishes& wishes,
    const std::function<void(const app::BackupPorts&, const app::BackupRequest&)>& use_case) {
  const config::BackupSection& section = loaded().backup;
  const core::RunIdentity run = run_identity("backup");
  const core::ConnectionOptions& options = connection();
  const auto source = mysql::open_backup_source(options);
  const core::backup::ServerIdentity origin = source->now().server;
  const auto tool = dump::open_dump_tool(
      {.family = origin.family,
       .server_version = origin.version,
       .wanted = wishes.dump_tool.empty() ? section.dump_tool.value : wishes.dump_tool,
       .server_program = server_program(),
       .connection = options});
  const std::string& command =
      wishes.snapshot_command.empty() ? section.snapshot_command.value : wishes.snapshot_command;
  const auto programs =
      posix::open_user_programs({.directory = {}, .secret_variables = loaded().secret_variables});
  fs::path folder = section.folder.value;
  std::string name;
  if (!wishes.out.empty()) {
    folder = fs::path(wishes.out).parent_path();
    if (folder.empty()) folder = ".";
    name = fs::path(wishes.out).filename().string();
    if (name.ends_with(".sql.gz")) name.resize(name.size() - std::string_view(".sql.gz").size());
  }
  const auto backups = files::open_backup_folder(shown_path(folder));
  const auto accounts = mysql::open_accounts(options);
  const auto server = mysql::open_server(options, run);
  Signals signals(canceller(options, run));
  const WatchedEvents events(global_, err_style_, clock_);
  use_case({.server = *server,
            .source = *source,
            .accounts = *accounts,
            .tool = *tool,
            .folder = *backups,
            .programs = *programs,
            .events = events.sink(),
            .cancellation = signals},
           {.name = name,
            .by = run.client,
            .tool_version = run.tool_version,
            .environment = loaded().environment,
            .snapshot_command = command,
            .lock_patience = loaded().lock_timeout});
}

void ProcessWorld::verify_backup(
    const std::string& path,
    const std::function<void(const app::VerifyBackupPorts&, const app::Verifier&)>& use_case) {
  const core::RunIdentity run = run_identity("backup verify");
  const auto backup = backup_at(path);
  std::function<void(std::uint64_t)> cancel;  // while there is a server
  Signals signals([&cancel](std::uint64_t connection_id) { cancel(connection_id); });
  const WatchedEvents events(global_, err_style_, clock_);
  const auto target = [&] {
    const core::backup::Manifest& manifest = backup->manifest();
    core::ConnectionOptions options = start(server_to_restore_into(folders(), manifest));
    options.schema = manifest.server.schema;
    cancel = canceller(options, run);
    return mysql::open_restore_target(options, run,
                                      {.ground = mysql::RestoreGround::anew,
                                       .charset = manifest.server.charset,
                                       .collation = manifest.server.collation});
  };
  use_case({.backup = *backup, .target = target, .events = events.sink(), .cancellation = signals},
           {.at = utc_timestamp(iso_time), .by = run.client, .tool_version = run.tool_version});
}

std::unique_ptr<port::BackupFolder> ProcessWorld::backups() {
  return files::open_backup_folder(shown_path(loaded().backup.folder.value));
}

std::unique_ptr<port::StoredBackup> ProcessWorld::backup_at(const std::string& path) {
  return files::open_backup(path);
}

std::unique_ptr<port::RestoreTarget> ProcessWorld::restore_target() {
  return mysql::open_restore_target(connection(), run_identity("backup restore"), {});
}

void ProcessWorld::rehearse(cli::ScratchPlace place,
                            const std::optional<core::rehearsal::ServerTraits>& like,
                            const std::function<void(const app::RehearsalPorts&)>& use_case) {
  const core::RunIdentity run = run_identity("verify");
  core::ConnectionOptions options = place == cli::ScratchPlace::target
                                        ? connection()
                                        : start(server_for_rehearsal(folders(), like));
  options.schema.clear();
  const auto scratch = mysql::open_scratch_server(options, run);
  port::StepSource& step_source = steps();
  Signals signals(canceller(options, run));
  output::TeeSink::Sinks sinks;
  std::unique_ptr<port::EventSink> log;
  if (!global_.log_file.empty()) {
    log = output::make_log_sink(global_.log_file);
    sinks.emplace_back(*log);
  }
  output::TeeSink events(std::move(sinks));
  use_case({.scratch = *scratch,
            .steps = step_source,
            .events = events,
            .cancellation = signals,
            .clock = clock_,
            .run_id = run.run_id});
}

std::string ProcessWorld::keep_attestations(std::vector<core::rehearsal::Attestation> attestations,
                                            const std::string& path) {
  const core::RunIdentity run = run_identity("verify");
  for (core::rehearsal::Attestation& attestation : attestations) {
    attestation.at = utc_timestamp(iso_time);
    attestation.by = run.client;
    attestation.tool_version = run.tool_version;
  }
  fs::path file = path;
  std::error_code unwritable;  // writing says so
  if (path.empty()) {
    const auto state_dir = folders().state_dir;
    if (!state_dir) return {};
    file = *state_dir / "attestations" / (run.run_id + ".json");
    fs::create_directories(file.parent_path(), unwritable);
  }
  files::write_file(file, core::rehearsal::attestation_file(attestations));
  return file.string();
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
