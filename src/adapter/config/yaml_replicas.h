#pragma once

#include "core/guard/replicas.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// `replicas: {max_lag: 10s, hosts: ["db2:3306"], replica: refuse, long_transaction: 60s}`
core::guard::ReplicasPolicy replicas(const YamlNodes& nodes, const YAML::Node& map);

}  // namespace migrate::config
