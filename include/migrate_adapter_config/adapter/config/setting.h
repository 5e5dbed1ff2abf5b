#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/connection.h"

namespace migrate::config {

/// One thing that can be configured, wherever it is given. The password is not among them: see
/// PasswordSource.
enum class Setting {
  host,
  port,
  socket,
  user,
  schema,
  tls_mode,
  tls_ca,
  tls_cert,
  tls_key,
  connect_timeout,
  lock_timeout,
  orphan_timeout,
  reconnect_timeout,
  lock_retries,
  kill_blockers_after,
  defaults_file,
  login_path,
  is_protected,
  sandbox,
  server_bin,
  migrations,
  ddl,
  state_dir,
};

/// Its name in tables and messages, as in migrate.yaml: "host", "tls.mode".
std::string_view name_of(Setting setting);

/// Whether its value is the path of a file or folder.
bool is_path(Setting setting);

/// What a value must be, to complete "expected …".
std::string_view expected(Setting setting);

/// The value in its one canonical spelling, or nothing when it is not one that the setting can
/// have. An empty value never is. Port: 1 to 65535. TLS mode: any case, `-` or `_`. Timeouts: whole
/// seconds, at most a year; 0 only to wait for a lock. Retries: at most 1000.
std::optional<std::string> canonical(Setting setting, std::string_view text);

/// The same as values; `text` must be canonical.
std::uint16_t port_of(std::string_view text);
core::TlsMode tls_mode_of(std::string_view text);
std::chrono::seconds seconds_of(std::string_view text);
std::uint64_t retries_of(std::string_view text);

}  // namespace migrate::config
