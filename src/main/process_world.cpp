#include "process_world.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <iostream>
#include <random>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <pwd.h>
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
#include "adapter/output/log_sink.h"
#include "adapter/output/presenters.h"
#include "adapter/output/progress.h"
#include "adapter/output/report_sink.h"
#include "adapter/output/tee_sink.h"
#include "adapter/output/terminal.h"
#include "adapter/sandbox/sandbox.h"
#include "adapter/sandbox/throw_away_server.h"
#include "config_flags.h"
#include "core/fault.h"
#include "core/rehearsal/nearest_server.h"
#include "guards.h"
#include "shown_path.h"
#include "signals.h"

namespace migrate::wiring {
namespace {

namespace fs = std::filesystem;

std::string utc_timestamp(const char* format) {
  return fmt::format(fmt::runtime(format), fmt::gmtime(std::time(nullptr)));
}

constexpr const char* iso_time = "{:%Y-%m-%dT%H:%M:%SZ}";

/// Sorts by time; the random part keeps two runs of one second apart.
std::string new_run_id() {
  std::random_device random;
  return fmt::format("{}-{:08x}", utc_timestamp("{:%Y%m%dT%H%M%SZ}"), random());
}

std::string client_name() {
  std::array<char, 256> host{};
  gethostname(host.data(), host.size() - 1);
  const passwd* user = getpwuid(geteuid());
  return fmt::format("{}@{}", user == nullptr ? fmt::format("uid {}", geteuid()) : user->pw_name,
                     host.data());
}

core::RunIdentity identity(std::string_view command) {
  return {.run_id = new_run_id(),
          .command = std::string(command),
          .client = client_name(),
          .tool_version = MIGRATE_VERSION};
}

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

/// As a shell takes it for one word.
std::string shell_word(const std::string& text) {
  constexpr std::string_view harmless =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=.,:/@%";
  if (!text.empty() && text.find_first_not_of(harmless) == std::string::npos) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// "migrate" with the options that lead to the same database again.
std::string program(const cli::GlobalOptions& global) {
  std::string words = "migrate";
  for (const char* name : {"config", "env", "url", "socket", "host", "port", "user", "schema",
                           "defaults-file", "login-path", "password-file", "tls-mode", "tls-ca",
                           "tls-cert", "tls-key", "migrations", "ddl", "server-bin", "state-dir"}) {
    const auto given = global.settings.find(name);
    if (given != global.settings.end())
      words += fmt::format(" --{} {}", name, shell_word(given->second));
  }
  if (global.settings.contains("ask-password")) words += " --ask-password";
  return words;
}

std::optional<fs::path> shown_ddl(const config::Folders& folders) {
  std::optional<fs::path> ddl;
  if (folders.ddl) ddl = shown_path(*folders.ddl);
  return ddl;
}

/// Shows events while they come, and writes them into the log file.
class WatchedEvents {
 public:
  WatchedEvents(const cli::GlobalOptions& global, const output::Style& style,
                const port::Clock& clock, output::TeeSink::Sinks more = output::TeeSink::Sinks())
      : progress_(output::make_ticking(output::make_progress(std::cerr, style, clock))) {
    more.emplace_back(*progress_);
    if (!global.log_file.empty()) {
      log_ = output::make_log_sink(global.log_file);
      more.emplace_back(*log_);
    }
    sink_ = std::make_unique<output::TeeSink>(std::move(more));
  }

  port::EventSink& sink() const { return *sink_; }

 private:
  std::unique_ptr<port::EventSink> progress_;
  std::unique_ptr<port::EventSink> log_;
  std::unique_ptr<output::TeeSink> sink_;
};

}  // namespace

ProcessWorld::ProcessWorld(cli::GlobalOptions global)
    : ProcessWorld(std::move(global), config::process_environment(),
                   std::make_shared<mysql::ClientLibrary>()) {}

ProcessWorld::ProcessWorld(cli::GlobalOptions global, config::Environment environment,
                           std::shared_ptr<mysql::ClientLibrary> library)
    : global_(std::move(global)),
      environment_(std::move(environment)),
      library_(std::move(library)),
      out_style_(style_of(STDOUT_FILENO, global_)),
      err_style_(style_of(STDERR_FILENO, global_)),
      presenter_(
          global_.format == cli::Format::json
              ? output::make_json_presenter(std::cout)
              : output::make_table_presenter(std::cout, std::cerr, out_style_, program(global_))),
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
  return {guards_of(loaded(), global_, connection()), global_.overrides};
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
  return mysql::open_server(connection(), identity(command))->connect();
}

std::unique_ptr<port::Facts> ProcessWorld::facts() {
  return mysql::open_facts(connection());
}

std::unique_ptr<port::AuditFacts> ProcessWorld::audit_facts() {
  return mysql::open_audit_facts(connection());
}

std::unique_ptr<port::CheckQueries> ProcessWorld::check_queries() {
  return mysql::open_check_queries(connection());
}

core::ExitCode ProcessWorld::ask(
    const std::function<core::ExitCode(const app::CheckPorts&)>& use_case) {
  const auto queries = check_queries();
  const auto server = mysql::open_server(connection(), identity("check"));
  Signals signals(
      [&](std::uint64_t connection_id) { server->connect()->kill_query(connection_id); });
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
  const core::RunIdentity run = identity(command);
  const auto server = mysql::open_server(connection(), run);
  port::StepSource& step_source = steps();
  // After the password prompt and the start of the private server: both want the signals for
  // themselves.
  Signals signals(
      [&](std::uint64_t connection_id) { server->connect()->kill_query(connection_id); });
  output::ReportSink report;
  const WatchedEvents events(global_, err_style_, clock_, {report});
  const app::Guards on_guard = guards();
  const core::ExitCode code = use_case({.server = *server,
                                        .steps = step_source,
                                        .events = events.sink(),
                                        .cancellation = signals,
                                        .clock = clock_,
                                        .guards = on_guard,
                                        .patience = {.lock = loaded().lock_timeout,
                                                     .orphan = loaded().orphan_timeout,
                                                     .orphans = global_.orphans,
                                                     .reconnect = loaded().reconnect_timeout},
                                        .run_id = run.run_id,
                                        .command = run.command,
                                        .tool_version = run.tool_version});
  presenter().report(report.report());
  return code;
}

migrate::sandbox::SandboxOptions ProcessWorld::throw_away_options(
    const std::string& name, const std::optional<core::rehearsal::KnownServer>& like) {
  const config::Folders where = folders();
  if (!where.state_dir) {
    throw core::Fault(core::ExitCode::configuration,
                      "no place for the private server: neither HOME nor XDG_STATE_HOME is set",
                      "name one with --state-dir or MIGRATE_STATE_DIR");
  }
  migrate::sandbox::SandboxOptions options{.state_dir = *where.state_dir / name,
                                           .server_binary = where.server_binary};
  if (like && options.server_binary.empty()) {
    const auto servers = migrate::sandbox::installed_servers();
    std::vector<core::rehearsal::KnownServer> known;
    known.reserve(servers.size());
    for (const auto& server : servers) known.push_back({server.family, server.version});
    const auto nearest = core::rehearsal::nearest_server(known, *like);
    if (nearest) options.server_binary = servers[*nearest].path;
  }
  return options;
}

core::ConnectionOptions ProcessWorld::start_rehearsal_server(
    const std::optional<core::rehearsal::ServerTraits>& like) {
  std::optional<core::rehearsal::KnownServer> known;
  if (like) known = {like->family, like->version};
  throw_away_server_ =
      std::make_unique<migrate::sandbox::ThrowAwayServer>(throw_away_options("rehearsal", known));
  return throw_away_server_->connection();
}

core::ConnectionOptions ProcessWorld::start_server_for(const core::backup::Manifest& manifest) {
  constexpr std::uintmax_t of_the_server = std::uintmax_t{1} << 29;
  // Rows, indexes, and the logs of both.
  const std::uintmax_t room = of_the_server + 3 * manifest.dump_bytes;
  auto options = throw_away_options(
      "restored", core::rehearsal::KnownServer{manifest.server.family, manifest.server.version});
  // What it is to be compared with must not change it.
  options.server_arguments = {"--event-scheduler=OFF", "--max-allowed-packet=1G"};
  std::error_code unknown;
  fs::create_directories(options.state_dir.parent_path(), unknown);
  for (const fs::path& place : {fs::path("/dev/shm"), options.state_dir.parent_path()}) {
    const auto space = fs::space(place, unknown);
    if (unknown || space.available < room) continue;
    throw_away_server_ =
        std::make_unique<migrate::sandbox::ThrowAwayServer>(std::move(options), room);
    core::ConnectionOptions connection = throw_away_server_->connection();
    connection.schema = manifest.server.schema;
    return connection;
  }
  throw core::Fault(
      core::ExitCode::refused,
      fmt::format("to restore it takes about {}, which are free neither in memory (/dev/shm) nor "
                  "in {}",
                  core::backup::size_text(room), options.state_dir.parent_path().string()),
      "make room, or name a roomier place with --state-dir");
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
  const core::RunIdentity run = identity("backup");
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
  std::unique_ptr<port::SnapshotCommand> snapshot;
  if (!command.empty()) snapshot = dump::open_snapshot_command(command);
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
  Signals signals(
      [&](std::uint64_t connection_id) { server->connect()->kill_query(connection_id); });
  const WatchedEvents events(global_, err_style_, clock_);
  use_case({.server = *server,
            .source = *source,
            .accounts = *accounts,
            .tool = *tool,
            .folder = *backups,
            .snapshot = snapshot.get(),
            .events = events.sink(),
            .cancellation = signals},
           {.name = name,
            .by = run.client,
            .tool_version = run.tool_version,
            .environment = loaded().environment,
            .lock_patience = loaded().lock_timeout});
}

void ProcessWorld::verify_backup(
    const std::string& path,
    const std::function<void(const app::VerifyBackupPorts&, const app::Verifier&)>& use_case) {
  const core::RunIdentity run = identity("backup verify");
  const auto backup = backup_at(path);
  std::unique_ptr<port::Server> server;
  Signals signals(
      [&](std::uint64_t connection_id) { server->connect()->kill_query(connection_id); });
  const WatchedEvents events(global_, err_style_, clock_);
  const auto target = [&] {
    const core::backup::Manifest& manifest = backup->manifest();
    const core::ConnectionOptions options = start_server_for(manifest);
    server = mysql::open_server(options, run);
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
  return mysql::open_restore_target(connection(), identity("backup restore"), {});
}

void ProcessWorld::rehearse(cli::ScratchPlace place,
                            const std::optional<core::rehearsal::ServerTraits>& like,
                            const std::function<void(const app::RehearsalPorts&)>& use_case) {
  const core::RunIdentity run = identity("verify");
  core::ConnectionOptions options =
      place == cli::ScratchPlace::target ? connection() : start_rehearsal_server(like);
  options.schema.clear();
  const auto scratch = mysql::open_scratch_server(options, run);
  const auto server = mysql::open_server(options, run);
  port::StepSource& step_source = steps();
  Signals signals(
      [&](std::uint64_t connection_id) { server->connect()->kill_query(connection_id); });
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
  const core::RunIdentity run = identity("verify");
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
  const core::ConnectionOptions& options = connection();
  std::vector<std::string> words{"--no-defaults", "--socket=" + options.socket,
                                 "--user=" + options.user, "--default-character-set=utf8mb4"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  words.push_back(options.schema);
  for (const char* client : {"mariadb", "mysql"}) {
    std::vector<std::string> line{client};
    line.insert(line.end(), words.begin(), words.end());
    std::vector<char*> argv;
    argv.reserve(line.size() + 1);
    for (std::string& word : line) argv.push_back(word.data());
    argv.push_back(nullptr);
    execvp(client, argv.data());
  }
  throw core::Fault(core::ExitCode::configuration,
                    "found neither of the clients mariadb and mysql in PATH",
                    fmt::format("connect any client to the socket {}", options.socket));
}

}  // namespace migrate::wiring
