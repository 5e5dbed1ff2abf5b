#include "adapter/config/settings.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "adapter/config/login_path.h"
#include "adapter/config/option_layer.h"
#include "adapter/config/project.h"
#include "adapter/config/read_file.h"
#include "core/schema/ignore.h"
#include "core/suggestion.h"
#include "setting_rows.h"

namespace migrate::config {
namespace {

namespace fs = std::filesystem;

// What makes sense only for a server that somebody named.
constexpr std::array<Setting, 7> server_only{
    Setting::port,     Setting::user,    Setting::tls_mode,    Setting::tls_ca,
    Setting::tls_cert, Setting::tls_key, Setting::is_protected};

constexpr std::string_view how_to_name_a_server =
    "name one: url, host or socket in migrate.yaml, --url, --host or --socket, MIGRATE_URL, "
    "MIGRATE_HOST or MIGRATE_SOCKET";

class Decision {
 public:
  Decision(const Flags& flags, const Environment& environment, const fs::path& working_directory)
      : flags_(flags),
        environment_(environment),
        project_(load_project(flags, environment, working_directory)),
        flag_layer_(flag_layer(flags, here(working_directory))),
        variable_layer_(variable_layer(environment, here(working_directory))) {}

  Folders folders() {
    choose_environment();
    merged_ = merge(named_layers());
    Folders folders{.migrations = migrations_dir(),
                    .ddl = ddl_dir(),
                    .state_dir = state_dir(),
                    .server_binary = text_of(Setting::server_bin)};
    if (!given(Setting::ddl) && !fs::exists(*folders.ddl)) folders.ddl.reset();
    return folders;
  }

  std::vector<core::check::Check> checks() {
    choose_environment();
    return chosen_checks();
  }

  Settings decide() {
    choose_environment();
    merge_layers();
    choose_password();
    choose_target();
    fill_connection();
    fill_project();
    settings_.warnings.insert(settings_.warnings.begin(), project_.yaml.warnings.begin(),
                              project_.yaml.warnings.end());
    settings_.rows = setting_rows(settings_, merged_, project_, environment_origin_);
    return std::move(settings_);
  }

 private:
  PathBase here(const fs::path& directory) const {
    return {directory, variable(environment_, "HOME").value_or("")};
  }

  void choose_environment() {
    const std::vector<NamedEnvironment>& all = project_.yaml.environments;
    std::optional<Sourced<std::string>> name =
        flag_or_variable(flags_.env, flags_.env_flag, environment_, "MIGRATE_ENV");
    if (!name) name = project_.yaml.default_env;
    if (!name && all.size() == 1) name = {all.front().name, all.front().origin};
    if (!name) return;
    const auto found =
        std::ranges::find_if(all, [&](const NamedEnvironment& e) { return e.name == name->value; });
    if (found == all.end()) throw unknown_environment(*name);
    chosen_ = &*found;
    settings_.environment = name->value;
    environment_origin_ = name->origin;
  }

  core::Fault unknown_environment(const Sourced<std::string>& name) const {
    const std::vector<std::string_view> known = environment_names();
    const std::string suggestion = core::nearest(name.value, known);
    return {core::ExitCode::configuration,
            fmt::format("{}: no environment '{}'{}", name.origin.place(), name.value,
                        suggestion.empty() ? "" : fmt::format("; did you mean '{}'?", suggestion)),
            project_.config_file
                ? fmt::format("name one of those in {}: {}", project_.config_file->string(),
                              known.empty() ? "(none)" : fmt::format("{}", fmt::join(known, ", ")))
                : "name the migrate.yaml that has it with --config: there is none in this folder "
                  "or above it"};
  }

  std::vector<core::check::Check> chosen_checks() const {
    static const std::vector<CheckSetting> none;
    return checks_of(project_.yaml.checks, chosen_ == nullptr ? none : chosen_->checks);
  }

  std::vector<std::string_view> environment_names() const {
    std::vector<std::string_view> names;
    names.reserve(project_.yaml.environments.size());
    for (const NamedEnvironment& known : project_.yaml.environments) names.push_back(known.name);
    return names;
  }

  std::vector<Layer> named_layers() const {
    std::vector<Layer> layers{flag_layer_, variable_layer_};
    if (chosen_ != nullptr) layers.push_back(chosen_->layer);
    layers.push_back(project_.yaml.project);
    return layers;
  }

  fs::path migrations_dir() const {
    return text_of(Setting::migrations, (project_.directory / "migrations").string());
  }

  fs::path ddl_dir() const { return text_of(Setting::ddl, (project_.directory / "ddl").string()); }

  // Option files come last: only the merged layers say whether there are any.
  void merge_layers() {
    std::vector<Layer> layers = named_layers();
    const Merged named = merge(layers);
    if (const auto* const path = named.find(Setting::login_path)) {
      const fs::path file = login_file(environment_, path->origin);
      const std::array<std::string_view, 2> groups{"client", path->value};
      layers.push_back(option_layer(read_login_path(file, path->value, path->origin), groups,
                                    path->origin.level));
    }
    if (const auto* const file = named.find(Setting::defaults_file)) {
      static constexpr std::array<std::string_view, 2> groups{"client", "migrate"};
      layers.push_back(
          option_layer(read_my_cnf(file->value, file->origin), groups, file->origin.level));
    }
    merged_ = merge(layers);
  }

  void choose_password() {
    if (merged_.password) settings_.password = merged_.password->source;
    // `password_env` renames MIGRATE_PASSWORD; any other source in a file is weaker than a
    // variable.
    const bool from_file = settings_.password.origin.level > Level::variable;
    const bool renamed = std::holds_alternative<PasswordVariable>(settings_.password.value);
    if (from_file && !renamed && variable(environment_, "MIGRATE_PASSWORD")) {
      settings_.password = {PasswordVariable{"MIGRATE_PASSWORD"},
                            {Level::variable, "MIGRATE_PASSWORD", 0, 0}};
    }
    warn_of_exposed_password();
  }

  void warn_of_exposed_password() {
    const auto& [source, origin] = settings_.password;
    std::string warning;
    if (const auto* const file = std::get_if<PasswordFile>(&source)) {
      warning = exposure_warning(file->path, "is a password file");
    } else if (std::holds_alternative<PasswordText>(source) && origin.level == Level::option_file) {
      warning = exposure_warning(origin.name, "holds a password");
    }
    if (!warning.empty()) settings_.warnings.push_back(std::move(warning));
  }

  bool given(Setting setting) const { return merged_.find(setting) != nullptr; }

  void choose_target() {
    const bool has_url =
        flag_layer_.url() || variable_layer_.url() || (chosen_ != nullptr && chosen_->layer.url());
    if (has_url || given(Setting::host) || given(Setting::socket) ||
        given(Setting::defaults_file) || given(Setting::login_path)) {
      settings_.target = Target::server;
      return;
    }
    const auto* const sandbox = merged_.find(Setting::sandbox);
    const bool wanted = sandbox != nullptr && sandbox->value == "true";
    // An environment that forgot its server, or waits for a variable that is not set, must not end
    // in a sandbox unnoticed.
    if (chosen_ != nullptr && !wanted) {
      throw fault_at(chosen_->origin,
                     fmt::format("environment '{}' names no server", settings_.environment),
                     fmt::format("{}; or say 'sandbox: true'", how_to_name_a_server));
    }
    if (chosen_ == nullptr && !project_.yaml.environments.empty()) {
      throw core::Fault(
          core::ExitCode::configuration,
          fmt::format("{}: no environment is chosen; there are {}", project_.config_file->string(),
                      fmt::join(environment_names(), ", ")),
          "choose with --env NAME, MIGRATE_ENV or default_env in migrate.yaml");
    }
    check_for_lost_server();
  }

  void check_for_lost_server() const {
    if (merged_.password) {
      throw fault_at(merged_.password->source.origin, "a password is set, but no server is",
                     std::string(how_to_name_a_server));
    }
    for (const Setting setting : server_only) {
      const auto* const value = merged_.find(setting);
      if (value == nullptr || value->value == "false") continue;
      throw fault_at(value->origin, fmt::format("{} is set, but no server is", name_of(setting)),
                     std::string(how_to_name_a_server));
    }
  }

  std::string text_of(Setting setting, const std::string& otherwise = {}) const {
    const auto* const value = merged_.find(setting);
    return value == nullptr ? otherwise : value->value;
  }

  void fill_connection() {
    core::ConnectionOptions& connection = settings_.connection;
    connection.host = text_of(Setting::host, connection.host);
    connection.socket = text_of(Setting::socket);
    connection.user = text_of(Setting::user);
    connection.schema = text_of(Setting::schema);
    connection.tls.ca = text_of(Setting::tls_ca);
    connection.tls.cert = text_of(Setting::tls_cert);
    connection.tls.key = text_of(Setting::tls_key);
    if (const auto* const mode = merged_.find(Setting::tls_mode)) {
      connection.tls.mode = tls_mode_of(mode->value);
    }
    if (const auto* const timeout = merged_.find(Setting::connect_timeout)) {
      connection.connect_timeout = seconds_of(timeout->value);
    }
    if (const auto* const port = merged_.find(Setting::port)) {
      connection.port = port_of(port->value);
      const bool means_tcp = port->origin.level != Level::option_file && connection.socket.empty();
      if (means_tcp && is_localhost(connection.host)) connection.host = "127.0.0.1";
    }
    if (settings_.target == Target::sandbox && connection.schema.empty()) {
      connection.schema = schema_from(project_.directory);
    }
  }

  /// Those of other environments too: whoever is handed this process's variables need not have
  /// them.
  std::vector<std::string> secret_variables() const {
    std::vector<std::string> names{"MIGRATE_PASSWORD", "MIGRATE_URL", "MYSQL_PWD"};
    for (const NamedEnvironment& environment : project_.yaml.environments) {
      const auto& password = environment.layer.password();
      const auto* variable =
          password ? std::get_if<PasswordVariable>(&password->source.value) : nullptr;
      if (variable != nullptr) names.push_back(variable->name);
    }
    return names;
  }

  std::optional<fs::path> state_dir() const {
    if (given(Setting::state_dir)) return text_of(Setting::state_dir);
    return default_state_dir(project_.directory, environment_);
  }

  void fill_project() {
    settings_.config_file = project_.config_file;
    settings_.migrations_dir = migrations_dir();
    settings_.ddl_dir = ddl_dir();
    const auto& ignored = project_.yaml.ignored_objects;
    settings_.ignored_objects = ignored ? ignored->value : core::schema::default_ignore_patterns();
    if (chosen_ != nullptr) settings_.guards = chosen_->guards;
    if (chosen_ != nullptr) settings_.backup = chosen_->backup;
    if (chosen_ != nullptr) settings_.online = chosen_->online;
    if (chosen_ != nullptr) settings_.kill_blockers = chosen_->kill_blockers;
    if (settings_.backup.folder.value.empty())
      settings_.backup.folder.value = project_.directory / "backups";
    settings_.checks = chosen_checks();
    settings_.hooks =
        hooks_of(project_.yaml.hooks, chosen_ == nullptr ? HookSection() : chosen_->hooks);
    settings_.secret_variables = secret_variables();
    settings_.server_binary = text_of(Setting::server_bin);
    if (text_of(Setting::is_protected) == "true") settings_.protection = Protection::on;
    if (const auto* const timeout = merged_.find(Setting::lock_timeout)) {
      settings_.lock_timeout = seconds_of(timeout->value);
    }
    if (const auto* const timeout = merged_.find(Setting::orphan_timeout)) {
      settings_.orphan_timeout = seconds_of(timeout->value);
    }
    if (const auto* const timeout = merged_.find(Setting::reconnect_timeout)) {
      settings_.reconnect_timeout = seconds_of(timeout->value);
    }
    if (const auto* const retries = merged_.find(Setting::lock_retries))
      settings_.lock_retries = retries_of(retries->value);
    if (const auto* const after = merged_.find(Setting::kill_blockers_after)) {
      settings_.kill_blockers_after = seconds_of(after->value);
      if (settings_.kill_blockers.value.empty()) {
        throw fault_at(after->origin, "no account is named whose connections may be ended",
                       "name them in the environment of migrate.yaml: kill_blockers: "
                       "[\"report@10.0.%\"]");
      }
    }
    if (const auto directory = state_dir()) {
      settings_.state_dir = *directory;
    } else if (settings_.target == Target::sandbox) {
      throw core::Fault(core::ExitCode::configuration,
                        "no place for the sandbox: neither HOME nor XDG_STATE_HOME is set",
                        "name one with --state-dir or MIGRATE_STATE_DIR");
    }
  }

  const Flags& flags_;
  const Environment& environment_;
  Project project_;
  Layer flag_layer_;
  Layer variable_layer_;
  const NamedEnvironment* chosen_ = nullptr;
  Origin environment_origin_;
  Merged merged_;
  Settings settings_;
};

}  // namespace

Settings load_settings(const Flags& flags, const Environment& environment,
                       const fs::path& working_directory) {
  return Decision(flags, environment, working_directory).decide();
}

Folders load_folders(const Flags& flags, const Environment& environment,
                     const fs::path& working_directory) {
  return Decision(flags, environment, working_directory).folders();
}

std::vector<core::check::Check> load_checks(const Flags& flags, const Environment& environment,
                                            const fs::path& working_directory) {
  return Decision(flags, environment, working_directory).checks();
}

core::lint::Severities load_lint_severities(const Flags& flags, const Environment& environment,
                                            const fs::path& working_directory) {
  core::lint::Severities severities;
  for (const RuleSetting& setting : load_project(flags, environment, working_directory).yaml.lint)
    severities[setting.rule] = setting.severity;
  return severities;
}

core::audit::Policy load_audit_policy(const Flags& flags, const Environment& environment,
                                      const fs::path& working_directory) {
  const AuditSection section = load_project(flags, environment, working_directory).yaml.audit;
  core::audit::Policy policy{.charset = section.charset.value,
                             .collation = section.collation.value,
                             .allow = section.allow};
  if (!section.row_format.value.empty()) policy.row_format = section.row_format.value;
  for (const RuleSetting& setting : section.rules)
    policy.severities[setting.rule] = setting.severity;
  return policy;
}

}  // namespace migrate::config
