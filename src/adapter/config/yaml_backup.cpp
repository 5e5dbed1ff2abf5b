#include "yaml_backup.h"

#include <array>
#include <string_view>

#include "yaml_durations.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 4> keys{"folder", "max_age", "dump_tool",
                                               "snapshot_command"};

}  // namespace

BackupSection backup_section(const YamlNodes& nodes, const PathBase& paths, const YAML::Node& map) {
  BackupSection section;
  for (const YamlEntry& entry : nodes.known_entries(map, keys)) {
    const Origin origin = nodes.origin_of(entry.value);
    const std::string text = nodes.scalar(entry);
    if (entry.key == "folder") {
      section.folder = {paths.resolve(text), origin};
    } else if (entry.key == "max_age") {
      const auto age = duration_of(text, "mhd");
      if (!age)
        throw fault_at(origin, "'" + text +
                                   "' is no age; expected minutes, hours or days: 90m, "
                                   "24h, 7d");
      section.max_age = {*age, origin};
    } else if (entry.key == "dump_tool") {
      // A name without a slash is looked for in PATH.
      const bool is_path = text.find('/') != std::string::npos;
      section.dump_tool = {is_path ? paths.resolve(text).string() : text, origin};
    } else {
      section.snapshot_command = {text, origin};
    }
  }
  return section;
}

}  // namespace migrate::config
