#include "config_flags.h"

#include <array>
#include <optional>
#include <string>
#include <utility>

namespace migrate::wiring {
namespace {

using Field = std::optional<std::string> config::Flags::*;

constexpr std::array<std::pair<const char*, Field>, 25> fields{{
    {"env", &config::Flags::env},
    {"config", &config::Flags::config},
    {"url", &config::Flags::url},
    {"host", &config::Flags::host},
    {"port", &config::Flags::port},
    {"socket", &config::Flags::socket},
    {"user", &config::Flags::user},
    {"schema", &config::Flags::schema},
    {"tls-mode", &config::Flags::tls_mode},
    {"tls-ca", &config::Flags::tls_ca},
    {"tls-cert", &config::Flags::tls_cert},
    {"tls-key", &config::Flags::tls_key},
    {"connect-timeout", &config::Flags::connect_timeout},
    {"lock-timeout", &config::Flags::lock_timeout},
    {"orphan-timeout", &config::Flags::orphan_timeout},
    {"reconnect-timeout", &config::Flags::reconnect_timeout},
    {"lock-retries", &config::Flags::lock_retries},
    {"kill-blockers-after", &config::Flags::kill_blockers_after},
    {"defaults-file", &config::Flags::defaults_file},
    {"login-path", &config::Flags::login_path},
    {"password-file", &config::Flags::password_file},
    {"server-bin", &config::Flags::server_bin},
    {"migrations", &config::Flags::migrations},
    {"ddl", &config::Flags::ddl},
    {"state-dir", &config::Flags::state_dir},
}};

}  // namespace

config::Flags config_flags(const cli::GlobalOptions& global) {
  config::Flags flags;
  for (const auto& [name, field] : fields) {
    const auto given = global.settings.find(name);
    if (given != global.settings.end()) flags.*field = given->second;
  }
  flags.env_flag = global.env_flag;
  flags.ask_password = global.settings.contains("ask-password");
  return flags;
}

}  // namespace migrate::wiring
