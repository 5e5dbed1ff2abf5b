#pragma once

#include <ctime>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/history.h"
#include "port/step_source.h"

namespace migrate::files {

struct StepFolders {
  std::optional<std::filesystem::path> migrations;  ///< nothing: there are no versioned steps
  std::optional<std::filesystem::path> ddl;         ///< nothing: there are no repeatable steps
  /// Where the checksums of many migrations are kept for the next run, which then reads only those
  /// that were touched since; nothing: every file is read. Deleting it is always safe.
  std::optional<std::filesystem::path> known_files = std::nullopt;
  /// The clock of the file system: a file that was touched a moment ago is not known yet.
  std::function<std::time_t()> now = [] { return std::time(nullptr); };
};

/// Steps from two folders of files. Files that do not end in `.sql` are left alone; a `.sql` file
/// whose name is not of the form is a problem. Paths are shown as the folders were given. load()
/// throws Fault(configuration) for a folder that cannot be listed.
std::unique_ptr<port::StepSource> open_step_folders(StepFolders folders);

/// Repeatable steps that are not on disk. Their paths, for messages, say what they are. A text that
/// does not have its checksum, or cannot be split, is left out.
std::unique_ptr<port::StepSource> open_step_texts(std::vector<core::AppliedText> texts);

/// One file outside the folders, as `migrate exec` runs it. Throws Fault(configuration) when it
/// cannot be read or split.
core::Script load_script(const std::filesystem::path& path);

struct StepTexts {
  std::string up;
  std::string down;
};

/// Creates `<version>_<name>.up.sql` and `.down.sql` in `migrations` (and the folder) with
/// these texts, or from a template, and returns their paths. The version is `timestamp`
/// (YYYYMMDDHHMMSS), or one more than the highest version there where that is higher. The name
/// keeps letters and digits; everything else becomes `_`. Throws Fault(configuration) when they
/// cannot be written.
std::pair<std::string, std::string> create_step_files(const std::filesystem::path& migrations,
                                                      const std::string& timestamp,
                                                      const std::string& name,
                                                      const std::optional<StepTexts>& texts = {});

}  // namespace migrate::files
