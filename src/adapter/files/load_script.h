#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/step.h"

namespace migrate::files {

/// Reads and splits one file from end to end. What is wrong with it is added to `problems`. Throws
/// Fault(configuration) when it cannot be read.
core::Script scan_script(const std::filesystem::path& path, const std::string& shown,
                         std::vector<core::Problem>& problems);

}  // namespace migrate::files
