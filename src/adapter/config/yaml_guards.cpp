#include "yaml_guards.h"

#include "yaml_replicas.h"
#include "yaml_windows.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 2> answers{"false", "true"};

std::set<core::guard::Name> required(const YamlNodes& nodes, const YamlEntry& entry) {
  std::set<core::guard::Name> names;
  for (const YamlEntry& one : nodes.one_or_more(entry)) {
    names.insert(nodes.one_of(one, core::guard::names, "requirement", core::guard::named));
  }
  return names;
}

std::optional<core::guard::DownProof> down_proof(std::string_view answer) {
  return core::value_named<core::guard::DownProof>(answers, answer);
}

}  // namespace

void read_guard_key(const YamlNodes& nodes, const YamlEntry& entry, GuardSection& guards) {
  const Origin origin = nodes.origin_of(entry.value);
  if (entry.key == "require") {
    guards.require = {required(nodes, entry), origin};
  } else if (entry.key == "accounts") {
    guards.accounts = {nodes.list(entry, "accounts: [\"'db_admin'@'%'\", …]"), origin};
  } else if (entry.key == "approvers") {
    guards.approvers = {nodes.list(entry, "accounts: [\"ana@%\", …]"), origin};
  } else if (entry.key == "windows") {
    guards.windows = {windows(nodes, entry), origin};
  } else if (entry.key == "time_zone") {
    guards.time_zone = {nodes.scalar(entry), origin};
  } else if (entry.key == "large_table") {
    guards.large_table = {large_table(nodes, entry.value), origin};
  } else if (entry.key == "outside_windows") {
    guards.outside_windows = {nodes.one_of(entry, outside_words, "answer", outside), origin};
  } else if (entry.key == "replicas") {
    guards.replicas = {replicas(nodes, entry.value), origin};
  } else if (entry.key == "prove_down") {
    guards.prove_down = {nodes.one_of(entry, answers, "answer", down_proof), origin};
  } else {
    guards.protected_objects = {nodes.list(entry, "patterns: [\"v1_*\", …]"), origin};
  }
}

}  // namespace migrate::config
