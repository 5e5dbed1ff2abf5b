#include "app/backup/backup.h"

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include <fmt/format.h>

#include "app/backup/restore.h"
#include "app/backup/verify.h"
#include "commands.h"

namespace migrate::cli {
namespace {

core::ExitCode refuse(World& world, const core::Refusal& refusal) {
  world.presenter().refusal(refusal);
  return refusal.code;
}

core::ExitCode run_verify(World& world, const std::string& path) {
  core::backup::Verification verification;
  world.verify_backup(path,
                      [&](const app::VerifyBackupPorts& ports, const app::Verifier& verifier) {
                        verification = app::verify_backup(ports, verifier);
                      });
  world.presenter().backup_verification(verification);
  return verification.code();
}

enum class Then { nothing, verify };

core::ExitCode run_backup(World& world, const BackupWishes& wishes, Then then) {
  std::variant<app::BackupMade, core::Refusal> result;
  world.back_up(wishes, [&](const app::BackupPorts& ports, const app::BackupRequest& request) {
    result = app::back_up(ports, request);
  });
  if (const auto* refusal = std::get_if<core::Refusal>(&result)) return refuse(world, *refusal);
  const auto& made = std::get<app::BackupMade>(result);
  if (then == Then::verify) return run_verify(world, made.path);
  world.presenter().backup(made.path, made.manifest);
  return core::ExitCode::done;
}

struct RestoreOptions {
  std::string path;
  app::Existing existing = app::Existing::refuse;
  bool yes = false;
};

/// Nothing: go on.
std::optional<core::Refusal> refuse_restore(World& world, const Target& target,
                                            const RestoreOptions& options) {
  if (target.protection == Protection::on) {
    return core::Refusal{
        .reason = fmt::format("environment {} is protected: nothing is restored into it",
                              target.environment),
        .way_out =
            "restore into another environment, look, and let the programs go there; or "
            "see the runbook backup-and-restore"};
  }
  if (options.yes) return std::nullopt;
  const auto answer = world.terminal().ask(fmt::format(
      "This restores {} into schema {}{}. Type the schema's name to go on: ", options.path,
      target.schema,
      options.existing == app::Existing::replace ? ", and drops everything that is in it" : ""));
  if (answer == target.schema) return std::nullopt;
  return core::Refusal{.reason = answer ? "that is not the schema's name; nothing was restored"
                                        : "there is no terminal to ask on; nothing was restored",
                       .way_out = "when you are sure, add --yes"};
}

core::ExitCode run_restore(World& world, const RestoreOptions& options) {
  const auto backup = world.backup_at(options.path);
  if (const auto refusal = refuse_restore(world, world.target(), options))
    return refuse(world, *refusal);
  return world.run("backup restore", [&](const app::RunPorts& ports) {
    return app::restore_backup(
        {.run = ports, .backup = *backup, .target = [&] { return world.restore_target(); }},
        options.existing);
  });
}

core::ExitCode run_list(World& world) {
  const auto folder = world.backups();
  world.presenter().backups(folder->list(), folder->path());
  return core::ExitCode::done;
}

void add_verify_of(CLI::App& command, Request& request) {
  auto* verify = command.add_subcommand(
      "verify", "Restore a backup into a private server, and compare it with its manifest");
  verify->footer(
      "Exit code: 0 it is what its manifest says, 3 it is not, 5 it cannot be restored.\n"
      "Example:\n  migrate backup verify backups/shop-20261127T235500Z.sql.gz");
  const auto path = std::make_shared<std::string>();
  verify->add_option("file", *path, "The backup")->required()->type_name("FILE");
  verify->callback([&request, path] {
    request.run = [path](World& world) { return run_verify(world, *path); };
  });
}

void add_restore(CLI::App& command, Request& request) {
  auto* restore = command.add_subcommand(
      "restore", "Load a backup into an environment's schema; never into a protected one");
  restore->footer(
      "Example: what production has, on the staging server\n"
      "  migrate backup restore backups/shop-20261127T235500Z.sql.gz --env staging --replace");
  const auto options = std::make_shared<RestoreOptions>();
  restore->add_option("file", options->path, "The backup")->required()->type_name("FILE");
  restore->add_flag_callback(
      "--replace", [options] { options->existing = app::Existing::replace; },
      "Drop everything that is in the schema first");
  restore->add_flag("--yes", options->yes, "Do not ask for the schema's name");
  restore->callback([&request, options] {
    request.run = [options](World& world) { return run_restore(world, *options); };
  });
}

constexpr const char* footer =
    R"(The server's own dump tool (mysqldump, mariadb-dump) writes it, compressed; beside it a manifest says what
is in it. Nothing is written to the server. What is interrupted leaves nothing that looks like a backup.
Exit code: 0 done, 3 the schema was changed meanwhile, 4 refused, 7 a run is under way.
Examples:
  migrate backup --env production --verify
  migrate backup list --env production
  migrate backup --env production --snapshot-command 'lvcreate -s -n shop -L 10G /dev/vg/mysql')";

}  // namespace

void add_backup(CLI::App& app, Request& request) {
  auto* command =
      app.add_subcommand("backup", "Back the schema up, and see that the backup can be restored");
  command->footer(footer);
  command->require_subcommand(0, 1);
  struct Options {
    BackupWishes wishes;
    Then then = Then::nothing;
  };
  const auto options = std::make_shared<Options>();
  command
      ->add_option("--out", options->wishes.out,
                   "Write it here (default: a name with schema and time, in the folder of "
                   "`backup:` in migrate.yaml, or backups)")
      ->type_name("FILE");
  command->add_flag_callback(
      "--verify", [options] { options->then = Then::verify; },
      "Restore it into a private server as well, and compare");
  command
      ->add_option("--dump-tool", options->wishes.dump_tool,
                   "mysqldump or mariadb-dump (default: the one of the server's family that is "
                   "found)")
      ->type_name("FILE");
  command
      ->add_option("--snapshot-command", options->wishes.snapshot_command,
                   "Run this too, in front of the dump: it makes a snapshot of the volume")
      ->type_name("COMMAND");
  command->callback([&request, command, options] {
    if (!command->get_subcommands().empty()) return;
    request.run = [options](World& world) {
      return run_backup(world, options->wishes, options->then);
    };
  });
  add_verify_of(*command, request);
  add_restore(*command, request);
  command->add_subcommand("list", "Show the backups in the environment's folder")
      ->callback([&request] { request.run = run_list; });
}

}  // namespace migrate::cli
