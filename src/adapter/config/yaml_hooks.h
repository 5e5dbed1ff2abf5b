#pragma once

#include "adapter/config/hook_section.h"
#include "yaml_nodes.h"

namespace migrate::config {

HookSection hook_section(const YamlNodes& nodes, const YAML::Node& map);

}  // namespace migrate::config
