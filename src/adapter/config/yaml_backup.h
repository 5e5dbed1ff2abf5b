#pragma once

#include "adapter/config/backup_section.h"
#include "adapter/config/path_base.h"
#include "yaml_nodes.h"

namespace migrate::config {

BackupSection backup_section(const YamlNodes& nodes, const PathBase& paths, const YAML::Node& map);

}  // namespace migrate::config
