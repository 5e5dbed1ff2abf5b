#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/backup/manifest.h"

namespace migrate::output {

/// What a backup is, in short: its manifest has the rest.
nlohmann::ordered_json backup_json(const std::string& path, const core::backup::Manifest& manifest);

}  // namespace migrate::output
