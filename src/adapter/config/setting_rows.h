#pragma once

#include <vector>

#include "adapter/config/project.h"
#include "adapter/config/settings.h"

namespace migrate::config {

/// The lines of `migrate config` for `settings`, which were decided from `merged`.
std::vector<SettingRow> setting_rows(const Settings& settings, const Merged& merged,
                                     const Project& project, const Origin& environment_origin);

}  // namespace migrate::config
