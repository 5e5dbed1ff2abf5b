#pragma once

#include <filesystem>

namespace migrate::wiring {

/// As it is shown: from the working directory where it is below it.
std::filesystem::path shown_path(const std::filesystem::path& path);

}  // namespace migrate::wiring
