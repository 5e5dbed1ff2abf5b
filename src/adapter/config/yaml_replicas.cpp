#include "yaml_replicas.h"

#include <array>
#include <string>
#include <string_view>

#include "core/named_values.h"
#include "yaml_durations.h"

namespace migrate::config {
namespace {

using core::guard::OnReplica;

constexpr std::array<std::string_view, 4> keys{"max_lag", "hosts", "replica", "long_transaction"};
constexpr std::array<std::string_view, 2> replica_words{"refuse", "allow"};

std::optional<OnReplica> on_replica(std::string_view word) {
  return core::value_named<OnReplica>(replica_words, word);
}

std::vector<core::guard::HostPort> hosts(const YamlNodes& nodes, const YamlEntry& entry) {
  std::vector<core::guard::HostPort> all;
  for (const YamlEntry& one : nodes.one_or_more(entry)) {
    const std::string text = nodes.scalar(one);
    const auto host = core::guard::parse_host_port(text);
    if (!host)
      throw fault_at(nodes.origin_of(one.value),
                     "'" + text + "' is no host; expected its name and port: \"db2:3306\"");
    all.push_back(*host);
  }
  return all;
}

}  // namespace

core::guard::ReplicasPolicy replicas(const YamlNodes& nodes, const YAML::Node& map) {
  core::guard::ReplicasPolicy policy;
  for (const YamlEntry& entry : nodes.known_entries(map, keys)) {
    if (entry.key == "hosts") {
      policy.hosts = hosts(nodes, entry);
    } else if (entry.key == "replica") {
      policy.on_replica = nodes.one_of(entry, replica_words, "answer", on_replica);
    } else {
      (entry.key == "max_lag" ? policy.max_lag : policy.long_transaction) = duration(nodes, entry);
    }
  }
  return policy;
}

}  // namespace migrate::config
