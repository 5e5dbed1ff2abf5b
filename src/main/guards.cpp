#include "guards.h"

#include "adapter/files/backups.h"
#include "adapter/mysql/accounts.h"
#include "adapter/mysql/backup.h"
#include "app/guard/approval.h"
#include "app/guard/backup.h"
#include "app/guard/destructive.h"
#include "app/guard/grants.h"
#include "app/guard/rehearsal.h"
#include "shown_path.h"

namespace migrate::wiring {
namespace {

using core::guard::Name;

std::unique_ptr<app::Guard> guard_of(Name name, const config::Settings& settings,
                                     const cli::GlobalOptions& global,
                                     const core::ConnectionOptions& server) {
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
    case Name::backup: {
      const std::filesystem::path folder = shown_path(settings.backup.folder.value);
      return std::make_unique<app::BackupGuard>(
          mysql::open_backup_source(server), files::open_backup_folder(folder),
          core::guard::BackupPolicy{.max_age = settings.backup.max_age.value,
                                    .folder = folder.string(),
                                    .environment = settings.environment});
    }
  }
  return nullptr;
}

}  // namespace

std::vector<std::unique_ptr<app::Guard>> guards_of(const config::Settings& settings,
                                                   const cli::GlobalOptions& global,
                                                   const core::ConnectionOptions& server) {
  std::vector<std::unique_ptr<app::Guard>> guards;
  guards.reserve(settings.guards.require.value.size());
  for (const Name name : settings.guards.require.value)
    guards.push_back(guard_of(name, settings, global, server));
  return guards;
}

}  // namespace migrate::wiring
