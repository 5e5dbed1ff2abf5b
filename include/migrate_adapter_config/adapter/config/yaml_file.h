#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapter/config/backup_section.h"
#include "adapter/config/check_settings.h"
#include "adapter/config/guard_section.h"
#include "adapter/config/hook_section.h"
#include "adapter/config/layer.h"
#include "adapter/config/online_section.h"
#include "adapter/config/path_base.h"
#include "core/audit/policy.h"
#include "core/lint/severity.h"

namespace migrate::config {

/// One entry below `environments:`.
struct NamedEnvironment {
  std::string name;
  Origin origin;
  Layer layer;
  GuardSection guards;
  std::vector<CheckSetting> checks;
  BackupSection backup;
  HookSection hooks;
  OnlineSection online;
  Sourced<std::vector<std::string>> kill_blockers;
};

/// One entry below `rules:` of `lint:` or `audit:`.
struct RuleSetting {
  std::string rule;
  std::optional<core::lint::Severity> severity;  ///< nothing: off
  Origin origin;
};

/// What stands below `audit:`; values that are not there are empty.
struct AuditSection {
  std::vector<RuleSetting> rules;
  Sourced<std::string> charset;
  Sourced<std::string> collation;
  Sourced<std::string> row_format;  ///< upper case
  std::vector<core::audit::Allowance> allow;
};

/// What migrate.yaml says.
struct YamlFile {
  Layer project{Level::config_file};  ///< `migrations` and `ddl`
  std::optional<Sourced<std::string>> default_env;
  std::vector<NamedEnvironment> environments;  ///< in the order of the file
  std::optional<Sourced<std::vector<std::string>>> ignored_objects;
  std::vector<RuleSetting> lint;
  AuditSection audit;
  std::vector<CheckSetting> checks;
  HookSection hooks;
  std::vector<std::string> warnings;  ///< a password in the file
  bool holds_password = false;
};

/// Reads the text of a migrate.yaml. `name` stands in messages and origins. All environments are
/// checked, not only the one that will be used. Throws Fault (configuration) with
/// `name:line:column` on bad YAML, more than one document, an unknown key (with a suggestion), a
/// key given twice, a bad value, a socket beside another machine's host, more than one source of a
/// password, a default_env that is not there, a check that is not whole. No message repeats a
/// password.
YamlFile parse_yaml(const std::string& text, const std::string& name, const PathBase& paths);

}  // namespace migrate::config
