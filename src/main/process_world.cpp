#include "process_world.h"

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
#include "adapter/files/step_files.h"
#include "adapter/files/write_file.h"
#include "adapter/output/log_sink.h"
#include "adapter/output/presenters.h"
#include "adapter/output/progress.h"
#include "adapter/output/report_sink.h"
#include "adapter/output/tee_sink.h"
#include "adapter/output/terminal.h"
#include "adapter/sandbox/sandbox.h"
#include "config_flags.h"
#include "core/fault.h"
#include "scratch.h"
#include "signals.h"

namespace migrate::wiring {
namespace {

namespace fs = std::filesystem;

std::string utc_timestamp(const char* format) {
  return fmt::format(fmt::runtime(format), fmt::gmtime(std::time(nullptr)));
}

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

/// "migrate" with the options that lead to the same database again.
std::string program(const cli::GlobalOptions& global) {
  std::string words = "migrate";
  for (const char* name :
       {"config", "env", "url", "socket", "host", "port", "user", "schema", "migrations", "ddl"}) {
    const auto given = global.settings.find(name);
    if (given != global.settings.end()) words += fmt::format(" --{} {}", name, given->second);
  }
  return words;
}

/// For what runs on a private server: a signal ends the process.
class NeverCancelled : public port::Cancellation {
 public:
  std::optional<core::ExitCode> requested() const override { return std::nullopt; }
  void watch(std::uint64_t) override {}
};

/// As it is shown: from the working directory where it is below it.
fs::path shown(const fs::path& path) {
  const fs::path relative = path.lexically_relative(fs::current_path());
  return relative.empty() || *relative.begin() == ".." ? path : relative;
}

}  // namespace

ProcessWorld::ProcessWorld(cli::GlobalOptions global)
    : global_(std::move(global)),
      out_style_(style_of(STDOUT_FILENO, global_)),
      err_style_(style_of(STDERR_FILENO, global_)),
      presenter_(
          global_.format == cli::Format::json
              ? output::make_json_presenter(std::cout)
              : output::make_table_presenter(std::cout, std::cerr, out_style_, program(global_))),
      terminal_(output::make_terminal()) {}

const config::Settings& ProcessWorld::loaded() {
  if (!settings_) {
    settings_ = config::load_settings(config_flags(global_), config::process_environment(),
                                      fs::current_path());
    for (const std::string& warning : settings_->warnings)
      std::cerr << "migrate: warning: " << warning << '\n';
  }
  return *settings_;
}

config::Folders ProcessWorld::folders() const {
  return config::load_folders(config_flags(global_), config::process_environment(),
                              fs::current_path());
}

port::StepSource& ProcessWorld::steps() {
  if (!steps_) {
    const config::Folders where = folders();
    std::optional<fs::path> ddl;
    if (where.ddl) ddl = shown(*where.ddl);
    std::optional<fs::path> known_files;
    if (where.state_dir) known_files = *where.state_dir / "known_files";
    steps_ = files::open_step_folders({.migrations = shown(where.migrations),
                                       .ddl = std::move(ddl),
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
                                                                      : cli::Protection::off};
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

std::vector<std::pair<std::string, std::string>> ProcessWorld::version_facts() {
  return {{"migrate", MIGRATE_VERSION}, {"client library", mysql::ClientLibrary::description()}};
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
      connection_->password =
          config::resolve_password(settings.password, config::process_environment());
    }
  }
  return *connection_;
}

std::unique_ptr<port::Session> ProcessWorld::connect() {
  return mysql::open_server(connection(), identity("look"))->connect();
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
  const auto progress = output::make_ticking(output::make_progress(std::cerr, err_style_, clock_));
  output::TeeSink::Sinks sinks{report, *progress};
  std::unique_ptr<port::EventSink> log;
  if (!global_.log_file.empty()) {
    log = output::make_log_sink(global_.log_file);
    sinks.emplace_back(*log);
  }
  output::TeeSink events(std::move(sinks));
  const core::ExitCode code = use_case({.server = *server,
                                        .steps = step_source,
                                        .events = events,
                                        .cancellation = signals,
                                        .clock = clock_,
                                        .patience = {.lock = loaded().lock_timeout,
                                                     .orphan = loaded().orphan_timeout,
                                                     .orphans = global_.orphans,
                                                     .reconnect = loaded().reconnect_timeout},
                                        .run_id = run.run_id,
                                        .command = run.command});
  presenter().report(report.report());
  return code;
}

std::unique_ptr<cli::ScratchSchema> ProcessWorld::scratch_schema(core::ServerFamily family) {
  const core::ConnectionOptions options = sandbox().start();
  auto scratch = make_scratch_schema(options, identity("rehearse"));
  if (scratch->server().connect()->info().family == family) return scratch;
  const bool mariadb = family == core::ServerFamily::mariadb;
  throw core::Fault(core::ExitCode::configuration,
                    fmt::format("the private server is {}, and this schema is on {}",
                                mariadb ? "MySQL" : "MariaDB", mariadb ? "MariaDB" : "MySQL"),
                    "name a server program of that family with --server-bin, and a folder for it "
                    "with --state-dir");
}

void ProcessWorld::rehearse(cli::ScratchSchema& scratch,
                            const std::function<core::ExitCode(const app::RunPorts&)>& use_case) {
  const core::RunIdentity run = identity("rehearse");
  output::ReportSink report;
  NeverCancelled cancellation;
  const core::ExitCode code = use_case({.server = scratch.server(),
                                        .steps = steps(),
                                        .events = report,
                                        .cancellation = cancellation,
                                        .clock = clock_,
                                        .patience = {},
                                        .run_id = run.run_id,
                                        .command = run.command});
  if (code == core::ExitCode::done) return;
  std::string why = "it was refused";
  if (const auto& failed = report.report().failure) {
    why = fmt::format("{}:{}: {} (error {})", failed->path, failed->position.line,
                      failed->error.message, failed->error.code);
  } else if (const auto& refusal = report.report().refusal) {
    why = refusal->reason;
  }
  throw core::Fault(core::ExitCode::statement_failed,
                    fmt::format("the files do not run on the private server: {}", why));
}

core::Script ProcessWorld::load_script(const std::string& path) {
  return files::load_script(path);
}

std::pair<std::string, std::string> ProcessWorld::create_step(const std::string& name) {
  return files::create_step_files(shown(folders().migrations), utc_timestamp("{:%Y%m%d%H%M%S}"),
                                  name);
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
