#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/step.h"

namespace migrate::files {

/// The parts of `<version>_<name>.<up|down>.sql`.
struct MigrationName {
  core::Version version;
  std::string name;
  core::Direction direction;
};

/// Nothing when the file's name is not of that form.
std::optional<MigrationName> parse_migration_name(std::string_view file);

}  // namespace migrate::files
