#pragma once

#include <vector>

#include "adapter/config/yaml_file.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// What stands below `lint:`.
std::vector<RuleSetting> lint_rules(const YamlNodes& nodes, const YAML::Node& map);

/// What stands below `audit:`.
AuditSection audit_section(const YamlNodes& nodes, const YAML::Node& map);

}  // namespace migrate::config
