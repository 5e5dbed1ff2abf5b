#pragma once

#include <vector>

#include "adapter/config/path_base.h"
#include "adapter/config/yaml_file.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// One entry below `environments:`. Adds the places of passwords that stand in the file itself.
NamedEnvironment read_environment(const YamlNodes& nodes, const PathBase& paths,
                                  const YamlEntry& named, std::vector<Origin>& passwords);

}  // namespace migrate::config
