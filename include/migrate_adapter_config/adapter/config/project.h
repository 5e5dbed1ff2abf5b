#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "adapter/config/environment.h"
#include "adapter/config/flags.h"
#include "adapter/config/yaml_file.h"

namespace migrate::config {

/// The folder that is worked in, and its migrate.yaml.
struct Project {
  std::filesystem::path directory;  ///< of migrate.yaml; the working directory when there is none
  std::optional<std::filesystem::path> config_file;  ///< absolute
  Origin config_origin;  ///< who names config_file; built-in: it was found
  YamlFile yaml;
};

/// Takes --config or MIGRATE_CONFIG, else looks for migrate.yaml in the working directory and its
/// parents, up to the first that holds a `.git`; without one the project has no environments. In
/// messages the file is called as it was typed, or by its path from the working directory. Throws
/// Fault (configuration) when a file that is named cannot be read, and as parse_yaml does.
Project load_project(const Flags& flags, const Environment& environment,
                     const std::filesystem::path& working_directory);

/// `${XDG_STATE_HOME:-~/.local/state}/migrate/<folder>-<8 hex digits>`; the digits are of the
/// SHA-256 of the project's path, so that two projects with folders of one name keep apart. Nothing
/// when neither variable is set.
std::optional<std::filesystem::path> default_state_dir(const std::filesystem::path& project,
                                                       const Environment& environment);

/// A name for the project's schema, from its folder: lower-case letters, digits and `_`, at most
/// 64; "migrate" where nothing is left or a schema of the server itself has that name.
std::string schema_from(const std::filesystem::path& project);

}  // namespace migrate::config
