#include "yaml_guards.h"

namespace migrate::config {
namespace {

std::set<core::guard::Name> required(const YamlNodes& nodes, const YamlEntry& entry) {
  std::set<core::guard::Name> names;
  for (const YamlEntry& one : nodes.one_or_more(entry)) {
    names.insert(nodes.one_of(one, core::guard::names, "requirement", core::guard::named));
  }
  return names;
}

}  // namespace

void read_guard_key(const YamlNodes& nodes, const YamlEntry& entry, GuardSection& guards) {
  const Origin origin = nodes.origin_of(entry.value);
  if (entry.key == "require") {
    guards.require = {required(nodes, entry), origin};
  } else if (entry.key == "approvers") {
    guards.approvers = {nodes.list(entry, "accounts: [\"ana@%\", …]"), origin};
  } else {
    guards.protected_objects = {nodes.list(entry, "patterns: [\"v1_*\", …]"), origin};
  }
}

}  // namespace migrate::config
