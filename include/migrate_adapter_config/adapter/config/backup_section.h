#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "adapter/config/origin.h"

namespace migrate::config {

/// What stands below `backup:` of an environment.
struct BackupSection {
  Sourced<std::filesystem::path> folder;  ///< empty: `backups` in the project
  Sourced<std::chrono::seconds> max_age{std::chrono::hours(24), {}};  ///< what the guard takes
  Sourced<std::string> dump_tool;         ///< a path, or a name in PATH; empty: is looked for
  Sourced<std::string> snapshot_command;  ///< may hold a secret: never shown
};

}  // namespace migrate::config
