#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "adapter/config/backup_section.h"
#include "adapter/config/environment.h"
#include "adapter/config/flags.h"
#include "adapter/config/guard_section.h"
#include "adapter/config/hook_section.h"
#include "adapter/config/online_section.h"
#include "adapter/config/password.h"
#include "core/audit/policy.h"
#include "core/check/check.h"
#include "core/connection.h"
#include "core/lint/linter.h"

namespace migrate::config {

enum class Target {
  sandbox,  ///< the private server of migrate itself; only schema and timeouts of the connection
            ///< count
  server,   ///< the one that the connection names
};

enum class Protection { off, on };

/// A line of `migrate config`: where a setting comes from. No value holds a secret.
struct SettingRow {
  std::string name;    ///< "host", "tls.mode"
  std::string value;   ///< empty: not set
  std::string origin;  ///< "flag --host", "MIGRATE_HOST", "migrate.yaml:12", "default"

  friend bool operator==(const SettingRow&, const SettingRow&) = default;
};

/// The whole configuration, decided.
struct Settings {
  Target target = Target::sandbox;
  core::ConnectionOptions
      connection;  ///< without the password; an empty user: the client library's, the login name
  Sourced<PasswordSource> password;
  std::string environment;  ///< empty: none was chosen
  Protection protection = Protection::off;
  std::filesystem::path migrations_dir;  ///< absolute, as all paths here
  std::filesystem::path ddl_dir;
  std::optional<std::filesystem::path> config_file;
  std::chrono::seconds lock_timeout{30};
  std::chrono::seconds orphan_timeout{600};
  std::chrono::seconds reconnect_timeout{60};
  std::uint64_t lock_retries = 5;
  std::optional<std::chrono::seconds> kill_blockers_after;
  Sourced<std::vector<std::string>> kill_blockers;  ///< of the environment
  std::filesystem::path state_dir;  ///< empty: no home directory is known, and no sandbox needs it
  std::filesystem::path server_binary;       ///< empty: to be looked for
  std::vector<std::string> ignored_objects;  ///< patterns
  GuardSection guards;                       ///< of the environment; empty: none was chosen
  std::vector<core::check::Check> checks;    ///< the shipped ones too
  BackupSection backup;                      ///< of the environment; its folder is known
  OnlineSection online;                      ///< of the environment
  HookSection hooks;                         ///< of the project and the environment; none is off
  /// Of this process: what may hold a password, of any environment, in no order.
  std::vector<std::string> secret_variables;
  std::vector<SettingRow> rows;
  std::vector<std::string> warnings;
};

/// Decides every setting: flag > MIGRATE_… variable > migrate.yaml > login path > defaults file >
/// built-in default.
///
/// The environment is --env, MIGRATE_ENV, `default_env`, or the only one there is. With several and
/// none chosen, flags or variables must name the server. The target is the sandbox when no
/// environment is configured and no url, host, socket, defaults file or login path is given, or the
/// environment says `sandbox: true`; every other environment must name a server.
///
/// Option files are read only when a defaults file (groups [client] and [migrate]) or a login path
/// ([client] and the path's own) is named, so that a file in somebody's home never changes the
/// result.
///
/// A port given anywhere but in an option file together with "localhost" means TCP, which the
/// client library would not use for that name: the host becomes 127.0.0.1.
///
/// Reads files, runs nothing, prints nothing. Throws Fault: usage for a bad flag, configuration for
/// the rest.
Settings load_settings(const Flags& flags, const Environment& environment,
                       const std::filesystem::path& working_directory);

/// Where the steps are; absolute.
struct Folders {
  std::filesystem::path migrations;
  std::optional<std::filesystem::path>
      ddl;  ///< nothing when nobody names one and there is no `ddl`
  /// Of the project; nothing when nobody names one and there is no home.
  std::optional<std::filesystem::path> state_dir;
  std::filesystem::path server_binary;  ///< empty: to be looked for
};

/// Decides only the folders, for what needs no server: it is no error when no environment is
/// chosen. Throws like load_settings otherwise.
Folders load_folders(const Flags& flags, const Environment& environment,
                     const std::filesystem::path& working_directory);

/// What migrate.yaml says of the rules of `lint`, likewise.
core::lint::Severities load_lint_severities(const Flags& flags, const Environment& environment,
                                            const std::filesystem::path& working_directory);

/// What it says of `audit`, likewise.
core::audit::Policy load_audit_policy(const Flags& flags, const Environment& environment,
                                      const std::filesystem::path& working_directory);

/// The shipped checks, and what it says of checks, likewise; those of an environment count when it
/// is chosen.
std::vector<core::check::Check> load_checks(const Flags& flags, const Environment& environment,
                                            const std::filesystem::path& working_directory);

}  // namespace migrate::config
