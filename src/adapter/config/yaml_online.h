#pragma once

#include "adapter/config/online_section.h"
#include "yaml_nodes.h"

namespace migrate::config {

/// `online_command` and `online_above`.
void read_online_key(const YamlNodes& nodes, const YamlEntry& entry, OnlineSection& section);

/// Throws fault_at() for one without the other.
void check_online(const OnlineSection& section);

}  // namespace migrate::config
