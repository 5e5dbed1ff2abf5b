// Backups: taken, verified, loaded again.
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

#include "adapter/dump/dump_tool.h"
#include "adapter/files/backups.h"
#include "adapter/mysql/accounts.h"
#include "adapter/mysql/backup.h"
#include "adapter/mysql/server.h"
#include "adapter/posix/user_programs.h"
#include "adapter/sandbox/throw_away_server.h"
#include "canceller.h"
#include "process_world.h"
#include "run_identity.h"
#include "shown_path.h"
#include "signals.h"
#include "throw_away.h"
#include "watched_events.h"

namespace migrate::wiring {

namespace fs = std::filesystem;

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

}  // namespace migrate::wiring
