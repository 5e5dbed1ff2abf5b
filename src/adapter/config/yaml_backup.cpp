#include "yaml_backup.h"

#include <array>
#include <charconv>
#include <optional>
#include <string_view>

namespace migrate::config {
namespace {

using std::chrono::seconds;

constexpr std::array<std::string_view, 4> keys{"folder", "max_age", "dump_tool",
                                               "snapshot_command"};

/// "24h", "90m", "7d".
std::optional<seconds> age_of(std::string_view text) {
  using std::chrono::hours;
  constexpr int most = 9999;
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 1 || number > most || stop + 1 != end) return std::nullopt;
  switch (*stop) {
    case 'm':
      return std::chrono::minutes(number);
    case 'h':
      return hours(number);
    case 'd':
      return hours(number * 24);
    default:
      return std::nullopt;
  }
}

}  // namespace

BackupSection backup_section(const YamlNodes& nodes, const PathBase& paths, const YAML::Node& map) {
  BackupSection section;
  for (const YamlEntry& entry : nodes.known_entries(map, keys)) {
    const Origin origin = nodes.origin_of(entry.value);
    const std::string text = nodes.scalar(entry);
    if (entry.key == "folder") {
      section.folder = {paths.resolve(text), origin};
    } else if (entry.key == "max_age") {
      const auto age = age_of(text);
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
