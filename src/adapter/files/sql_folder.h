#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/step.h"

namespace migrate::files {

/// A file as it was read, from end to end, but not split.
struct LoadedFile {
  std::string name;  ///< in its folder
  core::ScriptFile file;
  std::vector<core::Problem> problems;  ///< cannot be read, or has bad directives
};

/// Reads the `.sql` files of a folder and returns them by name. Hidden ones are left out. Many are
/// read by several threads, which have ended when it returns. Throws Fault(configuration) when the
/// folder cannot be listed.
std::vector<LoadedFile> read_sql_folder(const std::filesystem::path& folder);

/// One file by itself, whatever its name.
LoadedFile read_sql_file(const std::filesystem::path& path);

}  // namespace migrate::files
