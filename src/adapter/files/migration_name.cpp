#include "migration_name.h"

namespace migrate::files {

std::optional<MigrationName> parse_migration_name(std::string_view file) {
  const auto cut = [&](std::string_view suffix) {
    if (!file.ends_with(suffix)) return false;
    file.remove_suffix(suffix.size());
    return true;
  };
  core::Direction direction = core::Direction::up;
  if (!cut(".up.sql")) {
    if (!cut(".down.sql")) return std::nullopt;
    direction = core::Direction::down;
  }
  const auto underscore = file.find('_');
  if (underscore == std::string_view::npos || underscore + 1 == file.size()) return std::nullopt;
  auto version = core::Version::parse(file.substr(0, underscore));
  if (!version) return std::nullopt;
  return MigrationName{std::move(*version), std::string(file.substr(underscore + 1)), direction};
}

}  // namespace migrate::files
