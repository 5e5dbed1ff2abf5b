#pragma once

#include <vector>

#include "adapter/config/check_settings.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// What stands below `checks:`, of the project or of an environment.
std::vector<CheckSetting> check_settings(const YamlNodes& nodes, const YAML::Node& map);

}  // namespace migrate::config
