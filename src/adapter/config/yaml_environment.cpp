#include "yaml_environment.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "yaml_backup.h"
#include "yaml_checks.h"
#include "yaml_guards.h"
#include "yaml_hooks.h"
#include "yaml_online.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 28> own_keys{"url",
                                                    "host",
                                                    "port",
                                                    "socket",
                                                    "user",
                                                    "schema",
                                                    "tls",
                                                    "password",
                                                    "password_env",
                                                    "password_file",
                                                    "password_command",
                                                    "connect_timeout",
                                                    "defaults_file",
                                                    "login_path",
                                                    "protected",
                                                    "lock_timeout",
                                                    "orphan_timeout",
                                                    "reconnect_timeout",
                                                    "lock_retries",
                                                    "kill_blockers_after",
                                                    "kill_blockers",
                                                    "server_bin",
                                                    "sandbox",
                                                    "checks",
                                                    "backup",
                                                    "hooks",
                                                    "online_command",
                                                    "online_above"};

constexpr auto environment_keys = [] {
  std::array<std::string_view, own_keys.size() + guard_keys.size()> all;
  std::ranges::copy(guard_keys, std::ranges::copy(own_keys, all.begin()).out);
  return all;
}();

constexpr std::array<std::string_view, 4> tls_keys{"mode", "ca", "cert", "key"};

constexpr std::array<Setting, 15> plain_settings{
    Setting::host,           Setting::port,
    Setting::socket,         Setting::user,
    Setting::schema,         Setting::connect_timeout,
    Setting::defaults_file,  Setting::login_path,
    Setting::is_protected,   Setting::lock_timeout,
    Setting::orphan_timeout, Setting::reconnect_timeout,
    Setting::lock_retries,   Setting::kill_blockers_after,
    Setting::server_bin};

// What cannot stand beside `sandbox: true`.
constexpr std::array<Setting, 6> server_settings{Setting::host,          Setting::port,
                                                 Setting::socket,        Setting::user,
                                                 Setting::defaults_file, Setting::login_path};

class EnvironmentReader {
 public:
  EnvironmentReader(const YamlNodes& nodes, const PathBase& paths, std::vector<Origin>& passwords)
      : nodes_(nodes), paths_(paths), passwords_(passwords) {}

  NamedEnvironment read(const YamlEntry& named) {
    NamedEnvironment environment{
        .name = named.key, .origin = named.key_origin, .layer = Layer(Level::config_file)};
    Layer& layer = environment.layer;
    const std::vector<YamlEntry> found = nodes_.known_entries(named.value, environment_keys);
    const YamlEntry* password = nullptr;
    for (const YamlEntry& entry : found) {
      if (entry.key.starts_with("password")) {
        if (password != nullptr) {
          throw fault_at(entry.key_origin,
                         fmt::format("'{}' beside '{}' on line {}: an environment has one source "
                                     "of its password",
                                     entry.key, password->key, password->key_origin.line));
        }
        password = &entry;
        read_password(layer, entry);
      } else if (entry.key == "tls") {
        read_tls(layer, entry.value);
      } else if (entry.key == "sandbox") {
        set(layer, Setting::sandbox, entry);
      } else if (std::ranges::find(guard_keys, entry.key) != guard_keys.end()) {
        read_guard_key(nodes_, entry, environment.guards);
      } else if (entry.key == "kill_blockers") {
        environment.kill_blockers = accounts(entry);
      } else if (entry.key == "checks") {
        environment.checks = check_settings(nodes_, entry.value);
      } else if (entry.key == "backup") {
        environment.backup = backup_section(nodes_, paths_, entry.value);
      } else if (entry.key == "hooks") {
        environment.hooks = hook_section(nodes_, entry.value);
      } else if (entry.key.starts_with("online_")) {
        read_online_key(nodes_, entry, environment.online);
      } else if (entry.key != "url") {
        set(layer, plain_setting(entry.key), entry);
      }
    }
    const auto url =
        std::ranges::find_if(found, [](const YamlEntry& entry) { return entry.key == "url"; });
    if (url != found.end()) read_url(layer, *url);
    layer.check();
    check_sandbox(layer);
    check_online(environment.online);
    return environment;
  }

 private:
  Sourced<std::vector<std::string>> accounts(const YamlEntry& entry) const {
    constexpr std::string_view example = "accounts: [\"report@10.0.%\", …]";
    std::vector<std::string> accounts = nodes_.list(entry, example);
    for (const std::string& account : accounts) {
      const std::size_t at = account.find('@');
      const bool whole = at != std::string::npos && at > 0 && at + 1 < account.size();
      if (whole) continue;
      throw fault_at(nodes_.origin_of(entry.value),
                     fmt::format("'{}' is no account; expected {}", account, example));
    }
    return {std::move(accounts), nodes_.origin_of(entry.value)};
  }

  static Setting plain_setting(std::string_view key) {
    return *std::ranges::find_if(plain_settings,
                                 [&](Setting setting) { return name_of(setting) == key; });
  }

  void read_tls(Layer& layer, const YAML::Node& map) const {
    static constexpr std::array<Setting, 4> settings{Setting::tls_mode, Setting::tls_ca,
                                                     Setting::tls_cert, Setting::tls_key};
    for (const YamlEntry& entry : nodes_.known_entries(map, tls_keys)) {
      const auto index = std::ranges::find(tls_keys, entry.key) - tls_keys.begin();
      set(layer, settings[static_cast<std::size_t>(index)], entry);
    }
  }

  void read_password(Layer& layer, const YamlEntry& entry) {
    const std::string text = nodes_.scalar(entry);
    const Origin origin = nodes_.origin_of(entry.value);
    PasswordSource source;
    if (entry.key == "password_env") {
      source = PasswordVariable{text};
    } else if (entry.key == "password_file") {
      source = PasswordFile{paths_.resolve(text)};
    } else if (entry.key == "password_command") {
      source = PasswordCommand{text};
    } else if (text == "prompt" && entry.value.Tag() == "?") {
      // Tag "?": without quotes. Whoever's password is "prompt" can still say so.
      source = PasswordPrompt{};
    } else {
      source = PasswordText{text};
      passwords_.push_back(origin);
    }
    layer.set_password(
        {{std::move(source), origin}, PasswordScope::this_server, Level::config_file});
  }

  void read_url(Layer& layer, const YamlEntry& entry) {
    const Origin origin = nodes_.origin_of(entry.value);
    if (layer.set_url(nodes_.scalar(entry), origin) == UrlPassword::present)
      passwords_.push_back(origin);
  }

  static void check_sandbox(const Layer& layer) {
    const auto* const sandbox = layer.find(Setting::sandbox);
    if (sandbox == nullptr || sandbox->value != "true") return;
    const auto* const server = std::ranges::find_if(
        server_settings, [&](Setting setting) { return layer.find(setting) != nullptr; });
    if (server == server_settings.end() && !layer.url()) return;
    throw fault_at(
        sandbox->origin,
        fmt::format("'sandbox: true' beside '{}': the sandbox is a server of migrate's own",
                    layer.url() ? "url" : name_of(*server)));
  }

  void set(Layer& layer, Setting setting, const YamlEntry& entry) const {
    layer.set(setting, paths_.value(setting, nodes_.scalar(entry)), nodes_.origin_of(entry.value));
  }

  const YamlNodes& nodes_;
  const PathBase& paths_;
  std::vector<Origin>& passwords_;
};

}  // namespace

NamedEnvironment read_environment(const YamlNodes& nodes, const PathBase& paths,
                                  const YamlEntry& named, std::vector<Origin>& passwords) {
  return EnvironmentReader(nodes, paths, passwords).read(named);
}

}  // namespace migrate::config
