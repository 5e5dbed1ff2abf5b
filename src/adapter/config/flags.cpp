#include "adapter/config/flags.h"

#include <array>
#include <utility>

namespace migrate::config {
namespace {

struct Source {
  Setting setting;
  std::optional<std::string> Flags::*member;
  std::string_view flag;
  std::string_view variable;
};

constexpr std::array<Source, 21> sources{{
    {Setting::host, &Flags::host, "--host", "MIGRATE_HOST"},
    {Setting::port, &Flags::port, "--port", "MIGRATE_PORT"},
    {Setting::socket, &Flags::socket, "--socket", "MIGRATE_SOCKET"},
    {Setting::user, &Flags::user, "--user", "MIGRATE_USER"},
    {Setting::schema, &Flags::schema, "--schema", "MIGRATE_SCHEMA"},
    {Setting::tls_mode, &Flags::tls_mode, "--tls-mode", "MIGRATE_TLS_MODE"},
    {Setting::tls_ca, &Flags::tls_ca, "--tls-ca", "MIGRATE_TLS_CA"},
    {Setting::tls_cert, &Flags::tls_cert, "--tls-cert", "MIGRATE_TLS_CERT"},
    {Setting::tls_key, &Flags::tls_key, "--tls-key", "MIGRATE_TLS_KEY"},
    {Setting::connect_timeout, &Flags::connect_timeout, "--connect-timeout",
     "MIGRATE_CONNECT_TIMEOUT"},
    {Setting::lock_timeout, &Flags::lock_timeout, "--lock-timeout", "MIGRATE_LOCK_TIMEOUT"},
    {Setting::orphan_timeout, &Flags::orphan_timeout, "--orphan-timeout", "MIGRATE_ORPHAN_TIMEOUT"},
    {Setting::reconnect_timeout, &Flags::reconnect_timeout, "--reconnect-timeout",
     "MIGRATE_RECONNECT_TIMEOUT"},
    {Setting::lock_retries, &Flags::lock_retries, "--lock-retries", "MIGRATE_LOCK_RETRIES"},
    {Setting::kill_blockers_after, &Flags::kill_blockers_after, "--kill-blockers-after",
     "MIGRATE_KILL_BLOCKERS_AFTER"},
    {Setting::defaults_file, &Flags::defaults_file, "--defaults-file", "MIGRATE_DEFAULTS_FILE"},
    {Setting::login_path, &Flags::login_path, "--login-path", "MIGRATE_LOGIN_PATH"},
    {Setting::server_bin, &Flags::server_bin, "--server-bin", "MIGRATE_SERVER_BIN"},
    {Setting::migrations, &Flags::migrations, "--migrations", "MIGRATE_MIGRATIONS"},
    {Setting::ddl, &Flags::ddl, "--ddl", "MIGRATE_DDL"},
    {Setting::state_dir, &Flags::state_dir, "--state-dir", "MIGRATE_STATE_DIR"},
}};

Origin flag_origin(std::string_view name) {
  return {Level::flag, std::string(name), 0, 0};
}
Origin variable_origin(std::string_view name) {
  return {Level::variable, std::string(name), 0, 0};
}

LayerPassword password_for_any_server(PasswordSource source, const Origin& origin) {
  return {{std::move(source), origin}, PasswordScope::any_server, origin.level};
}

}  // namespace

Layer flag_layer(const Flags& flags, const PathBase& paths) {
  Layer layer(Level::flag);
  for (const Source& source : sources) {
    const std::optional<std::string>& text = flags.*source.member;
    if (text)
      layer.set(source.setting, paths.value(source.setting, *text), flag_origin(source.flag));
  }
  if (flags.ask_password && flags.password_file) {
    throw fault_at(flag_origin("--ask-password"),
                   "--password-file is given too; expected one of them");
  }
  if (flags.ask_password) {
    layer.set_password(password_for_any_server(PasswordPrompt{}, flag_origin("--ask-password")));
  }
  if (flags.password_file) {
    layer.set_password(password_for_any_server(PasswordFile{paths.resolve(*flags.password_file)},
                                               flag_origin("--password-file")));
  }
  if (flags.url && layer.set_url(*flags.url, flag_origin("--url")) == UrlPassword::present) {
    throw fault_at(flag_origin("--url"),
                   "a password on the command line can be seen by every user of this machine",
                   "leave it out of the URL and use MIGRATE_PASSWORD, --password-file or "
                   "--ask-password, or put the whole URL in MIGRATE_URL");
  }
  layer.check();
  return layer;
}

Layer variable_layer(const Environment& environment, const PathBase& paths) {
  Layer layer(Level::variable);
  for (const Source& source : sources) {
    if (const auto text = variable(environment, source.variable)) {
      layer.set(source.setting, paths.value(source.setting, *text),
                variable_origin(source.variable));
    }
  }
  if (const auto path = variable(environment, "MIGRATE_PASSWORD_FILE")) {
    layer.set_password(password_for_any_server(PasswordFile{paths.resolve(*path)},
                                               variable_origin("MIGRATE_PASSWORD_FILE")));
  }
  if (const auto ask = variable(environment, "MIGRATE_ASK_PASSWORD")) {
    const Origin origin = variable_origin("MIGRATE_ASK_PASSWORD");
    if (ask != "true" && ask != "false") {
      throw fault_at(origin, "expected true or false");
    }
    if (ask == "true") layer.set_password(password_for_any_server(PasswordPrompt{}, origin));
  }
  if (const auto url = variable(environment, "MIGRATE_URL")) {
    layer.set_url(*url, variable_origin("MIGRATE_URL"));
  }
  layer.check();
  return layer;
}

std::optional<std::string> variable(const Environment& environment, std::string_view name) {
  std::optional<std::string> value = environment(name);
  if (value && value->empty()) value.reset();
  return value;
}

std::optional<Sourced<std::string>> flag_or_variable(const std::optional<std::string>& flag,
                                                     std::string_view flag_name,
                                                     const Environment& environment,
                                                     std::string_view variable_name) {
  if (flag) return Sourced<std::string>{*flag, flag_origin(flag_name)};
  if (auto value = variable(environment, variable_name)) {
    return Sourced<std::string>{std::move(*value), variable_origin(variable_name)};
  }
  return std::nullopt;
}

}  // namespace migrate::config
