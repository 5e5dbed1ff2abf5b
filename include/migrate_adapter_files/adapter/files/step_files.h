#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "port/step_source.h"

namespace migrate::files {

struct StepFolders {
  std::filesystem::path migrations;
  std::optional<std::filesystem::path> ddl;  ///< nothing: there are no repeatable steps
};

/// Steps from two folders of files. Files that do not end in `.sql` are left alone; a `.sql` file
/// whose name is not of the form is a problem. Paths are shown as the folders were given. load()
/// throws Fault(configuration) for a folder that cannot be listed.
std::unique_ptr<port::StepSource> open_step_folders(StepFolders folders);

/// One file outside the folders, as `migrate exec` runs it. Throws Fault(configuration) when it
/// cannot be read or split.
core::Script load_script(const std::filesystem::path& path);

}  // namespace migrate::files
