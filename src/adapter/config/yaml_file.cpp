#include "adapter/config/yaml_file.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/suggestion.h"
#include "yaml_checks.h"
#include "yaml_environment.h"
#include "yaml_hooks.h"
#include "yaml_nodes.h"
#include "yaml_rules.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 9> top_keys{"migrations",   "ddl",    "default_env",
                                                   "environments", "ignore", "lint",
                                                   "audit",        "checks", "hooks"};

void check_default_env(const YamlFile& file) {
  if (!file.default_env) return;
  std::vector<std::string_view> known;
  known.reserve(file.environments.size());
  for (const NamedEnvironment& environment : file.environments) known.push_back(environment.name);
  const std::string& name = file.default_env->value;
  if (std::ranges::find(known, name) != known.end()) return;
  const std::string suggestion = core::nearest(name, known);
  throw fault_at(
      file.default_env->origin,
      fmt::format("no environment '{}'{}", name,
                  suggestion.empty() ? "" : fmt::format("; did you mean '{}'?", suggestion)),
      fmt::format("environments: {}", fmt::join(known, ", ")));
}

/// Each environment's checks must be whole with those of the project.
void check_checks(const YamlFile& file) {
  checks_of(file.checks, {});
  for (const NamedEnvironment& environment : file.environments)
    checks_of(file.checks, environment.checks);
}

void read_environments(const YamlNodes& nodes, const PathBase& paths, const YAML::Node& map,
                       YamlFile& file) {
  std::vector<Origin> passwords;
  for (const YamlEntry& named : nodes.entries(map))
    file.environments.push_back(read_environment(nodes, paths, named, passwords));
  file.holds_password = !passwords.empty();
  for (const Origin& origin : passwords) {
    file.warnings.push_back(origin.place() +
                            ": a password in this file; password_env, password_file or "
                            "password_command keep it out");
  }
}

}  // namespace

YamlFile parse_yaml(const std::string& text, const std::string& name, const PathBase& paths) {
  const YamlNodes nodes(name);
  YamlFile file;
  for (const YamlEntry& entry : nodes.known_entries(nodes.document(text), top_keys)) {
    const Origin origin = nodes.origin_of(entry.value);
    if (entry.key == "default_env") {
      file.default_env = {nodes.scalar(entry), origin};
    } else if (entry.key == "environments") {
      read_environments(nodes, paths, entry.value, file);
    } else if (entry.key == "ignore") {
      file.ignored_objects = {nodes.list(entry, "patterns of object names: [\"tmp_*\", …]"),
                              origin};
    } else if (entry.key == "lint") {
      file.lint = lint_rules(nodes, entry.value);
    } else if (entry.key == "audit") {
      file.audit = audit_section(nodes, entry.value);
    } else if (entry.key == "checks") {
      file.checks = check_settings(nodes, entry.value);
    } else if (entry.key == "hooks") {
      file.hooks = hook_section(nodes, entry.value);
    } else {
      const Setting folder = entry.key == "ddl" ? Setting::ddl : Setting::migrations;
      file.project.set(folder, paths.value(folder, nodes.scalar(entry)), origin);
    }
  }
  check_default_env(file);
  check_checks(file);
  return file;
}

}  // namespace migrate::config
