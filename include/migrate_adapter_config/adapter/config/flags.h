#pragma once

#include <optional>
#include <string>

#include "adapter/config/environment.h"
#include "adapter/config/layer.h"
#include "adapter/config/path_base.h"

namespace migrate::config {

/// The flags that configure, as they were typed; absent: not given. Each has its variable: MIGRATE_
/// and the name in capitals.
struct Flags {
  std::optional<std::string> env;     ///< --env, MIGRATE_ENV
  std::string env_flag = "--env";     ///< the one that names it: some commands take others
  std::optional<std::string> config;  ///< --config, MIGRATE_CONFIG
  std::optional<std::string> url;     ///< --url, MIGRATE_URL; a password in it only in the variable
  std::optional<std::string> host;
  std::optional<std::string> port;
  std::optional<std::string> socket;
  std::optional<std::string> user;
  std::optional<std::string> schema;
  std::optional<std::string> tls_mode;
  std::optional<std::string> tls_ca;
  std::optional<std::string> tls_cert;
  std::optional<std::string> tls_key;
  std::optional<std::string> connect_timeout;
  std::optional<std::string> lock_timeout;
  std::optional<std::string> orphan_timeout;
  std::optional<std::string> reconnect_timeout;
  std::optional<std::string> lock_retries;
  std::optional<std::string> kill_blockers_after;
  std::optional<std::string> defaults_file;
  std::optional<std::string> login_path;
  std::optional<std::string> password_file;
  std::optional<std::string> server_bin;
  std::optional<std::string> migrations;
  std::optional<std::string> ddl;
  std::optional<std::string> state_dir;
  bool ask_password = false;  ///< --ask-password, MIGRATE_ASK_PASSWORD=true
};

/// What the flags say. Throws Fault (usage) on a bad value, on a password in --url, which every
/// user of the machine could see, and on --ask-password beside --password-file.
Layer flag_layer(const Flags& flags, const PathBase& paths);

/// What the MIGRATE_… variables say, MIGRATE_PASSWORD excepted. An empty variable is one that is
/// not set; variables with other names are ignored. Throws Fault (configuration) on a bad value.
Layer variable_layer(const Environment& environment, const PathBase& paths);

/// A variable that is set and not empty.
std::optional<std::string> variable(const Environment& environment, std::string_view name);

/// The flag if it is given, else the variable.
std::optional<Sourced<std::string>> flag_or_variable(const std::optional<std::string>& flag,
                                                     std::string_view flag_name,
                                                     const Environment& environment,
                                                     std::string_view variable_name);

}  // namespace migrate::config
