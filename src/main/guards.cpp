#include "guards.h"

#include <fmt/format.h>

#include "adapter/files/backups.h"
#include "adapter/mysql/accounts.h"
#include "adapter/mysql/backup.h"
#include "adapter/mysql/replication.h"
#include "adapter/mysql/server_clock.h"
#include "adapter/zones/zones.h"
#include "app/guard/approval.h"
#include "app/guard/backup.h"
#include "app/guard/destructive.h"
#include "app/guard/grants.h"
#include "app/guard/rehearsal.h"
#include "app/guard/replicas.h"
#include "app/guard/window.h"
#include "core/fault.h"
#include "shown_path.h"

namespace migrate::wiring {
namespace {

using core::guard::Name;

std::unique_ptr<app::Guard> guard_of(Name name, const config::Settings& settings,
                                     const cli::GlobalOptions& global,
                                     const core::ConnectionOptions& server,
                                     const port::Clock& clock) {
  const config::GuardSection& section = settings.guards;
  switch (name) {
    case Name::approval:
      return std::make_unique<app::ApprovalGuard>(section.approvers.value);
    case Name::destructive:
      return std::make_unique<app::DestructiveGuard>(core::guard::DestructionPolicy{
          .protected_objects = section.protected_objects.value, .named = global.drop_protected});
    case Name::grants: {
      std::vector<core::guard::Account> accounts;
      accounts.reserve(section.accounts.value.size());
      for (const std::string& account : section.accounts.value)
        accounts.push_back(core::guard::account_of(account));
      return std::make_unique<app::GrantsGuard>(mysql::open_accounts(server), std::move(accounts));
    }
    case Name::rehearsal:
      return std::make_unique<app::RehearsalGuard>(section.prove_down.value, settings.environment);
    case Name::window:
      return std::make_unique<app::WindowGuard>(window_hours(settings, server, clock));
    case Name::replicas:
      return std::make_unique<app::ReplicasGuard>(mysql::open_replication(server),
                                                  section.replicas.value);
    case Name::backup: {
      const std::filesystem::path folder = shown_path(settings.backup.folder.value);
      return std::make_unique<app::BackupGuard>(
          mysql::open_backup_source(server), files::open_backup_folder(folder),
          core::guard::BackupPolicy{.max_age = settings.backup.max_age.value,
                                    .folder = folder.string()});
    }
  }
  return nullptr;
}

}  // namespace

std::shared_ptr<app::WindowHours> window_hours(const config::Settings& settings,
                                               const core::ConnectionOptions& server,
                                               const port::Clock& clock) {
  const config::GuardSection& section = settings.guards;
  if (section.windows.value.empty()) {
    throw core::Fault(
        core::ExitCode::configuration, "this environment has no `windows`",
        R"(say when they are in migrate.yaml: windows: [{days: mon-fri, from: "22:00", to: "04:00"}])");
  }
  auto zone = zones::rules_of(section.time_zone.value);
  if (!zone) {
    throw core::Fault(
        core::ExitCode::configuration,
        fmt::format(
            "{}: there is no time zone '{}'; expected a name of the system's time zone data",
            section.time_zone.origin.place(), section.time_zone.value),
        "for example Europe/Madrid, or UTC");
  }
  return std::make_shared<app::WindowHours>(
      mysql::open_server_clock(server), clock,
      core::guard::WindowPolicy{.windows = section.windows.value,
                                .large = section.large_table.value,
                                .outside = section.outside_windows.value},
      *std::move(zone));
}

std::vector<std::unique_ptr<app::Guard>> guards_of(const config::Settings& settings,
                                                   const cli::GlobalOptions& global,
                                                   const core::ConnectionOptions& server,
                                                   const port::Clock& clock) {
  std::vector<std::unique_ptr<app::Guard>> guards;
  guards.reserve(settings.guards.require.value.size());
  for (const Name name : settings.guards.require.value)
    guards.push_back(guard_of(name, settings, global, server, clock));
  return guards;
}

}  // namespace migrate::wiring
