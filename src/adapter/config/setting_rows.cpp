#include "setting_rows.h"

#include <array>
#include <string_view>
#include <utility>

#include <fmt/ranges.h>

#include "core/guard/backup.h"

namespace migrate::config {
namespace {

class Rows {
 public:
  explicit Rows(const Merged& merged) : merged_(merged) {}

  void add(std::string_view name, std::string value, const Origin& origin) {
    rows_.push_back({std::string(name), std::move(value), origin.shown()});
  }
  void add(Setting setting, std::string value) {
    const auto* const given = merged_.find(setting);
    add(name_of(setting), std::move(value), given == nullptr ? Origin{} : given->origin);
  }
  void add_as_given(Setting setting, std::string_view otherwise = {}) {
    const auto* const given = merged_.find(setting);
    add(setting, given == nullptr ? std::string(otherwise) : given->value);
  }
  std::vector<SettingRow> take() { return std::move(rows_); }

 private:
  const Merged& merged_;
  std::vector<SettingRow> rows_;
};

void add_list(Rows& rows, std::string_view name, const Sourced<std::vector<std::string>>& list) {
  if (!list.value.empty())
    rows.add(name, fmt::format("{}", fmt::join(list.value, ", ")), list.origin);
}

void add_guards(Rows& rows, const GuardSection& guards) {
  std::vector<std::string_view> required;
  required.reserve(guards.require.value.size());
  for (const core::guard::Name name : guards.require.value)
    required.push_back(core::guard::name_of(name));
  if (!required.empty())
    rows.add("require", fmt::format("{}", fmt::join(required, ", ")), guards.require.origin);
  add_list(rows, "approvers", guards.approvers);
  add_list(rows, "protected_objects", guards.protected_objects);
  if (guards.require.value.contains(core::guard::Name::grants))
    add_list(rows, "accounts", guards.accounts);
  if (guards.prove_down.value == core::guard::DownProof::needed)
    rows.add("prove_down", "true", guards.prove_down.origin);
}

std::string window_text(const core::guard::Window& window) {
  constexpr std::array names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
  std::vector<std::string_view> days;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (window.days.at(i)) days.emplace_back(names.at(i));
  }
  return fmt::format("{} {:02}:{:02}-{:02}:{:02}", fmt::join(days, ","), window.from.count() / 60,
                     window.from.count() % 60, window.to.count() / 60, window.to.count() % 60);
}

void add_windows(Rows& rows, const GuardSection& guards) {
  if (guards.windows.value.empty()) return;
  std::vector<std::string> windows;
  windows.reserve(guards.windows.value.size());
  for (const core::guard::Window& window : guards.windows.value)
    windows.push_back(window_text(window));
  rows.add("windows", fmt::format("{}", fmt::join(windows, "; ")), guards.windows.origin);
  rows.add("time_zone", guards.time_zone.value, guards.time_zone.origin);
  const core::guard::LargeTable& large = guards.large_table.value;
  rows.add("large_table", fmt::format("{} rows, {} bytes", large.rows, large.bytes),
           guards.large_table.origin);
  const bool refuses = guards.outside_windows.value == core::guard::Outside::refuse;
  rows.add("outside_windows", refuses ? "refuse" : "allow", guards.outside_windows.origin);
}

void add_replicas(Rows& rows, const GuardSection& guards) {
  if (!guards.require.value.contains(core::guard::Name::replicas)) return;
  const core::guard::ReplicasPolicy& policy = guards.replicas.value;
  const Origin& origin = guards.replicas.origin;
  std::vector<std::string> hosts;
  hosts.reserve(policy.hosts.size());
  for (const core::guard::HostPort& host : policy.hosts) hosts.push_back(shown(host));
  rows.add("replicas.max_lag", fmt::format("{} s", policy.max_lag.count()), origin);
  if (!hosts.empty()) rows.add("replicas.hosts", fmt::format("{}", fmt::join(hosts, ", ")), origin);
  const bool refuses = policy.on_replica == core::guard::OnReplica::refuse;
  rows.add("replicas.replica", refuses ? "refuse" : "allow", origin);
  rows.add("replicas.long_transaction", fmt::format("{} s", policy.long_transaction.count()),
           origin);
}

void add_backup(Rows& rows, const BackupSection& backup) {
  rows.add("backup.folder", backup.folder.value.string(), backup.folder.origin);
  rows.add("backup.max_age", core::guard::age_text(backup.max_age.value), backup.max_age.origin);
  if (!backup.dump_tool.value.empty())
    rows.add("backup.dump_tool", backup.dump_tool.value, backup.dump_tool.origin);
  if (!backup.snapshot_command.value.empty())
    rows.add("backup.snapshot_command", "(a command)", backup.snapshot_command.origin);
}

void add_online(Rows& rows, const OnlineSection& online) {
  if (online.use == OnlineSection::Use::off)
    rows.add("online_command", "off", online.command.origin);
  if (online.use == OnlineSection::Use::tool)
    rows.add("online_command", fmt::format("{}", fmt::join(online.command.value, " ")),
             online.command.origin);
  if (!online.above) return;
  const core::guard::LargeTable& above = online.above->value;
  rows.add("online_above", fmt::format("{} rows, {} bytes", above.rows, above.bytes),
           online.above->origin);
}

void add_hooks(Rows& rows, const HookSection& hooks) {
  for (const auto& [moment, command] : hooks.commands)
    rows.add(fmt::format("hooks.{}", name_of(moment)), command.value.shown, command.origin);
  if (hooks.commands.empty()) return;
  const Origin origin = hooks.time_limit ? hooks.time_limit->origin : Origin{};
  const auto limit = hooks.time_limit ? hooks.time_limit->value : core::hook::default_time_limit;
  rows.add("hooks.timeout", fmt::format("{} s", limit.count()), origin);
}

}  // namespace

std::vector<SettingRow> setting_rows(const Settings& settings, const Merged& merged,
                                     const Project& project, const Origin& environment_origin) {
  const core::ConnectionOptions& connection = settings.connection;
  Rows rows(merged);
  rows.add("config", project.config_file.value_or("").string(), project.config_origin);
  rows.add("environment", settings.environment, environment_origin);
  rows.add(Setting::sandbox, settings.target == Target::sandbox ? "true" : "false");
  if (settings.target == Target::server) {
    if (connection.socket.empty()) {
      rows.add(Setting::host, connection.host);
      rows.add(Setting::port, std::to_string(connection.port));
    }
    rows.add(Setting::socket, connection.socket);
    rows.add(Setting::user, connection.user);
    rows.add("password", shown(settings.password.value), settings.password.origin);
    rows.add_as_given(Setting::tls_mode, "preferred");
    rows.add(Setting::tls_ca, connection.tls.ca);
    rows.add(Setting::tls_cert, connection.tls.cert);
    rows.add(Setting::tls_key, connection.tls.key);
    rows.add_as_given(Setting::defaults_file);
    rows.add_as_given(Setting::login_path);
  }
  rows.add(Setting::schema, connection.schema);
  rows.add_as_given(Setting::is_protected, "false");
  add_guards(rows, settings.guards);
  add_windows(rows, settings.guards);
  add_replicas(rows, settings.guards);
  add_backup(rows, settings.backup);
  add_hooks(rows, settings.hooks);
  add_online(rows, settings.online);
  rows.add(Setting::connect_timeout, std::to_string(connection.connect_timeout.count()));
  rows.add(Setting::lock_timeout, std::to_string(settings.lock_timeout.count()));
  rows.add(Setting::orphan_timeout, std::to_string(settings.orphan_timeout.count()));
  rows.add(Setting::reconnect_timeout, std::to_string(settings.reconnect_timeout.count()));
  rows.add(Setting::lock_retries, std::to_string(settings.lock_retries));
  if (settings.kill_blockers_after)
    rows.add(Setting::kill_blockers_after, std::to_string(settings.kill_blockers_after->count()));
  add_list(rows, "kill_blockers", settings.kill_blockers);
  rows.add(Setting::migrations, settings.migrations_dir.string());
  rows.add(Setting::ddl, settings.ddl_dir.string());
  const auto& ignored = project.yaml.ignored_objects;
  rows.add("ignore", fmt::format("{}", fmt::join(settings.ignored_objects, ", ")),
           ignored ? ignored->origin : Origin{});
  rows.add(Setting::state_dir, settings.state_dir.string());
  rows.add(Setting::server_bin, settings.server_binary.string());
  const auto add_rules = [&rows](const std::string& section,
                                 const std::vector<RuleSetting>& rules) {
    for (const RuleSetting& rule : rules) {
      rows.add(section + ".rules." + rule.rule,
               std::string(rule.severity ? core::lint::name_of(*rule.severity) : "off"),
               rule.origin);
    }
  };
  add_rules("lint", project.yaml.lint);
  const AuditSection& audit = project.yaml.audit;
  for (const auto& [name, setting] :
       {std::pair("audit.charset", &audit.charset), std::pair("audit.collation", &audit.collation),
        std::pair("audit.row_format", &audit.row_format)}) {
    if (!setting->value.empty()) rows.add(name, setting->value, setting->origin);
  }
  add_rules("audit", audit.rules);
  const auto add_checks = [&rows](const std::vector<CheckSetting>& checks) {
    for (const CheckSetting& check : checks) {
      const std::string expected = check.expect ? to_string(*check.expect) : "changed";
      rows.add("checks." + check.name, check.off ? "off" : expected, check.origin);
    }
  };
  add_checks(project.yaml.checks);
  for (const NamedEnvironment& environment : project.yaml.environments) {
    if (environment.name == settings.environment) add_checks(environment.checks);
  }
  return rows.take();
}

}  // namespace migrate::config
