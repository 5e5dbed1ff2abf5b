#include "yaml_durations.h"

#include <charconv>

namespace migrate::config {

using std::chrono::hours;
using std::chrono::seconds;

std::optional<seconds> duration_of(std::string_view text, std::string_view units) {
  constexpr int most = 9999;
  int number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || number < 1 || number > most || stop + 1 != end) return std::nullopt;
  if (units.find(*stop) == std::string_view::npos) return std::nullopt;
  switch (*stop) {
    case 's':
      return seconds(number);
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

seconds duration(const YamlNodes& nodes, const YamlEntry& entry) {
  const std::string text = nodes.scalar(entry);
  if (const auto duration = duration_of(text, "smh")) return *duration;
  throw fault_at(nodes.origin_of(entry.value),
                 "'" + text + "' is no duration; expected seconds, minutes or hours: 10s, 5m, 1h");
}

}  // namespace migrate::config
