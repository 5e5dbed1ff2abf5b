#pragma once

#include <filesystem>
#include <string>

#include "adapter/config/origin.h"

namespace migrate::config {

/// The whole file, which may be a pipe. Throws fault_at(named_by) when it cannot be read or is
/// larger than 16 MiB.
std::string read_file(const std::filesystem::path& path, const Origin& named_by);

/// For a regular file that the group or all users may read: "<path> <what> and can be read by other
/// users (mode 0644): chmod 600 <path>". Empty otherwise, and when the file cannot be examined.
std::string exposure_warning(const std::filesystem::path& path, const std::string& what);

}  // namespace migrate::config
