#include "app/backup/backup.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/locked_sessions.h"
#include "core/backup/dump_reader.h"
#include "core/fault.h"
#include "core/guard/grants.h"
#include "core/schema/difference.h"
#include "movement.h"
#include "stopping.h"

namespace migrate::app {
namespace {

using core::backup::Manifest;
using core::backup::ObjectPrint;

constexpr const char* nothing_left = "nothing of the backup is left";

/// With less the tools leave out triggers or events, and say nothing.
std::optional<core::Refusal> refuse_missing_rights(port::Accounts& accounts,
                                                   const std::string& schema) {
  const core::guard::Needs needs{{schema, {"SELECT", "SHOW VIEW", "TRIGGER", "EVENT"}}};
  const auto missing = core::guard::missing_grants(needs, accounts.own());
  if (missing.empty()) return std::nullopt;
  return core::Refusal{.reason = "this account may not read all that belongs to a backup",
                       .way_out = fmt::format("{}", fmt::join(missing, " "))};
}

std::optional<core::Refusal> refuse_hidden(const core::schema::Schema& schema) {
  if (schema.hidden.empty()) return std::nullopt;
  return core::Refusal{
      .reason = fmt::format("this account may not see the definition of {}, so a backup would be "
                            "without it",
                            core::schema::words_for(schema.hidden.front())),
      .way_out = "use an account that may: the README says what it needs"};
}

std::optional<core::Refusal> refuse_full_disk(const port::BackupFolder& folder,
                                              std::uint64_t data_bytes) {
  const std::uint64_t needed = core::backup::room_needed(data_bytes);
  const std::uint64_t free = folder.free_bytes();
  if (free >= needed) return std::nullopt;
  return core::Refusal{
      .reason = fmt::format("{} has {} free; a backup of {} of rows may need {}", folder.path(),
                            core::backup::size_text(free), core::backup::size_text(data_bytes),
                            core::backup::size_text(needed)),
      .way_out = "make room, or name another place: migrate backup --out FILE"};
}

/// Letters and digits of the schema's name, and the time.
std::string usual_name(const std::string& schema, const std::string& at) {
  std::string name;
  for (const char c : schema) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    name += plain || c == '_' || c == '-' ? c : '_';
  }
  name += '-';
  std::ranges::copy_if(at, std::back_inserter(name), [](char c) { return c != '-' && c != ':'; });
  return name;
}

/// What it says is kept for the end.
class SnapshotSaid : public port::ProgramListener {
 public:
  explicit SnapshotSaid(const BackupPorts& ports) : ports_(ports) {}
  void said(std::string_view) override {}
  std::optional<core::ExitCode> stop() override { return ports_.cancellation.requested(); }

 private:
  const BackupPorts& ports_;
};

class Backup {
 public:
  Backup(const BackupPorts& ports, const BackupRequest& request)
      : ports_(ports), request_(request) {}

  std::variant<BackupMade, core::Refusal> run() {
    manifest_.by = request_.by;
    manifest_.tool_version = request_.tool_version;
    manifest_.environment = request_.environment;
    manifest_.dump_tool = ports_.tool.name();
    manifest_.server = ports_.source.now().server;
    const auto session = ports_.server.connect();
    if (auto refusal =
            lock_out_runs(*session, ports_.events, ports_.cancellation, request_.lock_patience))
      return *std::move(refusal);
    if (auto refusal = refuse_missing_rights(ports_.accounts, manifest_.server.schema))
      return *std::move(refusal);
    extent_ = ports_.source.extent();
    if (auto refusal = refuse_full_disk(ports_.folder, extent_.data_bytes))
      return *std::move(refusal);
    const core::schema::Schema schema = session->schema().read();
    if (auto refusal = refuse_hidden(schema)) return *std::move(refusal);
    manifest_.objects = core::backup::object_prints(schema);
    choose_log(*session);
    note_warnings();
    manifest_.at = ports_.source.now().at;
    const auto file = ports_.folder.create(
        request_.name.empty() ? usual_name(manifest_.server.schema, manifest_.at) : request_.name);
    make_snapshot(file->path());
    dump(*file);
    const auto behind = core::backup::object_prints(session->schema().read());
    const auto changed = core::backup::object_differences(manifest_.objects, behind);
    if (!changed.empty()) return changed_meanwhile(changed);
    check_tables();
    stop_if_asked(ports_.cancellation, nothing_left);
    return BackupMade{.path = file->path(), .manifest = file->commit(std::move(manifest_))};
  }

 private:
  void choose_log(port::Session& session) {
    using Log = port::DumpRequest::Log;
    manifest_.why_no_log = extent_.why_no_log;
    if (manifest_.why_no_log.empty() && session.binary_log().end().file.empty()) {
      manifest_.why_no_log =
          "this account may not see its position (REPLICATION CLIENT; on MariaDB BINLOG MONITOR), "
          "or the log is filtered";
    }
    if (manifest_.why_no_log.empty()) log_ = extent_.gtid ? Log::position_and_gtid : Log::position;
  }

  void note_warnings() {
    if (!ports_.tool.warning().empty()) warn(ports_.tool.warning());
    if (!extent_.unsafe_tables.empty()) {
      warn(
          fmt::format("not of the same moment as the rest, since their engine has no "
                      "transactions: {}",
                      fmt::join(extent_.unsafe_tables, ", ")));
    }
    if (!extent_.history_tables.empty()) {
      warn(fmt::format("of system-versioned tables only the present rows are dumped: {}",
                       fmt::join(extent_.history_tables, ", ")));
    }
    if (!manifest_.why_no_log.empty()) {
      warn(fmt::format("without a position of the binary log: {}", manifest_.why_no_log));
    }
  }

  void warn(const std::string& message) {
    manifest_.warnings.push_back(message);
    ports_.events.on(core::event::Warned{message});
  }

  /// In front of the dump: it takes less time, and when it fails the dump would be for nothing.
  void make_snapshot(const std::string& file) {
    if (request_.snapshot_command.empty()) return;
    Movement(ports_.events, "running the snapshot command", 0).add(0);
    SnapshotSaid said(ports_);
    const core::ProgramEnding ending =
        ports_.programs.run({.argv = {"/bin/sh", "-c", request_.snapshot_command},
                             .variables = {{"MIGRATE_BACKUP_FILE", file},
                                           {"MIGRATE_BACKUP_ENVIRONMENT", request_.environment},
                                           {"MIGRATE_BACKUP_SCHEMA", manifest_.server.schema},
                                           {"MIGRATE_BACKUP_SERVER_ID", manifest_.server.id},
                                           {"MIGRATE_BACKUP_AT", manifest_.at}},
                             .time_limit = std::nullopt},
                            said);
    stop_if_asked(ports_.cancellation, nothing_left);
    if (!ending.succeeded()) {
      throw core::Fault(
          core::ExitCode::unavailable,
          fmt::format("the snapshot command failed with exit code {}; {}. It said:\n"
                      "{}",
                      ending.exit_code, nothing_left, fmt::join(ending.last_lines, "\n")));
    }
    manifest_.snapshot = {.exit_code = ending.exit_code, .last_lines = ending.last_lines};
  }

  void dump(port::BackupWriter& file) {
    Movement movement(ports_.events, "dumping " + manifest_.server.schema, 0);
    core::backup::DumpReader reader;
    const auto output =
        ports_.tool.start({.log = log_,
                           .link = extent_.encrypted ? port::DumpRequest::Link::encrypted
                                                     : port::DumpRequest::Link::clear});
    for (;;) {
      stop_if_asked(ports_.cancellation, nothing_left);
      const auto bytes = output->next();
      if (!bytes) continue;
      if (bytes->empty()) break;
      reader.feed(*bytes);
      file.write(*bytes);
      movement.add(bytes->size(), reader.table().empty() ? "" : "table " + reader.table());
    }
    if (!reader.is_complete()) {
      throw core::Fault(core::ExitCode::unavailable, fmt::format("what {} wrote has no end; {}",
                                                                 ports_.tool.name(), nothing_left));
    }
    reader.finish();
    manifest_.tables = reader.tables();
    manifest_.log = reader.log();
    if (!manifest_.log && manifest_.why_no_log.empty())
      manifest_.why_no_log = "the dump tool did not note it";
  }

  /// The tool is asked for everything, and believed nothing.
  void check_tables() const {
    for (const ObjectPrint& object : manifest_.objects) {
      constexpr std::string_view table = "table ";
      if (!object.object.starts_with(table)) continue;
      const std::string name = object.object.substr(table.size());
      if (std::ranges::find(manifest_.tables, name, &core::backup::TableContent::name) ==
          manifest_.tables.end()) {
        throw core::Fault(
            core::ExitCode::unavailable,
            fmt::format("{} left out the table {}; {}", ports_.tool.name(), name, nothing_left));
      }
    }
  }

  static core::Refusal changed_meanwhile(const std::vector<std::string>& changed) {
    return {.code = core::ExitCode::drift,
            .reason = fmt::format("the schema was changed while it was dumped, which is not what "
                                  "a dump can hold: {}; {}",
                                  fmt::join(changed, "; "), nothing_left),
            .way_out = "say it again when nobody changes the schema: migrate backup"};
  }

  const BackupPorts& ports_;
  const BackupRequest& request_;
  port::BackupSource::Extent extent_;
  port::DumpRequest::Log log_ = port::DumpRequest::Log::none;
  Manifest manifest_;
};

}  // namespace

std::variant<BackupMade, core::Refusal> back_up(const BackupPorts& ports,
                                                const BackupRequest& request) {
  return Backup(ports, request).run();
}

}  // namespace migrate::app
