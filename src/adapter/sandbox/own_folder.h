#pragma once

#include <filesystem>
#include <string>

namespace migrate::sandbox {

/// A name for what belongs to `root` and lies in a folder that is everybody's: of this user, and
/// the same in every run.
std::string name_in_shared_folder(const std::filesystem::path& root);

/// Creates the folder unless it is there. Throws Fault(configuration) when it cannot be created, or
/// when anybody but this user can enter it.
void make_own_folder(const std::filesystem::path& folder);

}  // namespace migrate::sandbox
