#pragma once

#include <filesystem>
#include <vector>

namespace migrate::posix {

/// Whether it is a file that this process may run.
bool is_executable(const std::filesystem::path& path);

/// The folders that PATH names, in its order. An empty entry, which stands for the working
/// directory, is left out.
std::vector<std::filesystem::path> folders_of_path();

}  // namespace migrate::posix
