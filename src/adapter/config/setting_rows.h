#pragma once

#include <vector>

#include "adapter/config/project.h"
#include "adapter/config/settings.h"

namespace migrate::config {

/// The lines of `migrate config` for `settings`, which were decided from `merged`. `guards`: of the
/// environment that was chosen; null: none was.
std::vector<SettingRow> setting_rows(const Settings& settings, const Merged& merged,
                                     const Project& project, const Origin& environment_origin,
                                     const GuardSection* guards);

}  // namespace migrate::config
