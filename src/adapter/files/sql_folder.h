#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/step.h"
#include "known_files.h"

namespace migrate::files {

/// A file as it was read, from end to end, but not split.
struct LoadedFile {
  std::string name;  ///< in its folder
  FileStamp stamp;   ///< from before it was read; nothing of a file that cannot be
  enum class Source { disk, known } source = Source::disk;
  core::ScriptFile file;
  std::vector<core::Problem> problems;  ///< cannot be read, or has bad directives
};

struct LoadedFolder {
  FileStamp stamp;                ///< from before it was listed
  std::vector<LoadedFile> files;  ///< by name
};

/// Reads the `.sql` files of a folder, but those that are known. Hidden ones are left out. Many are
/// read by several threads, which have ended when it returns. Throws Fault(configuration) when the
/// folder cannot be listed.
LoadedFolder read_sql_folder(const std::filesystem::path& folder, const KnownFiles& known);

/// One file by itself, whatever its name.
LoadedFile read_sql_file(const std::filesystem::path& path);

}  // namespace migrate::files
