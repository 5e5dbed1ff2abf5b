#include "yaml_windows.h"

#include <charconv>
#include <cstdint>
#include <string>

#include "core/named_values.h"

namespace migrate::config {
namespace {

using core::guard::Window;

constexpr std::array<std::string_view, 3> window_keys{"days", "from", "to"};
constexpr std::array<std::string_view, 2> large_keys{"rows", "bytes"};
constexpr const char* window_example = R"({days: mon-fri, from: "22:00", to: "04:00"})";

std::chrono::minutes time_of(const YamlNodes& nodes, const YamlEntry& entry) {
  const std::string text = nodes.scalar(entry);
  if (const auto time = core::guard::parse_time_of_day(text)) return *time;
  throw fault_at(
      nodes.origin_of(entry.value),
      "'" + text + "' is no time of day; expected hours and minutes in quotes: \"22:00\"");
}

Window window(const YamlNodes& nodes, const YamlEntry& entry) {
  Window result;
  std::size_t found = 0;
  for (const YamlEntry& part : nodes.known_entries(entry.value, window_keys)) {
    ++found;
    if (part.key != "days") {
      (part.key == "from" ? result.from : result.to) = time_of(nodes, part);
      continue;
    }
    const std::string text = nodes.scalar(part);
    const auto days = core::guard::parse_days(text);
    if (!days)
      throw fault_at(nodes.origin_of(part.value),
                     "'" + text + "' are no days; expected mon-fri, \"sat,sun\", fri or daily");
    result.days = *days;
  }
  if (found < window_keys.size())
    throw fault_at(nodes.origin_of(entry.value),
                   std::string("a window has days, from and to; expected ") + window_example);
  return result;
}

/// "1000000", "64M", "1G".
std::optional<std::uint64_t> number_of(std::string_view text) {
  constexpr unsigned kilo = 10;
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, number);
  constexpr std::uint64_t most = std::uint64_t{1} << 24U;
  if (error != std::errc() || number == 0) return std::nullopt;
  if (stop == end) return number;
  const std::size_t unit = std::string_view("KMGT").find(*stop);
  if (stop + 1 != end || unit == std::string_view::npos || number > most) return std::nullopt;
  return number << (kilo * (static_cast<unsigned>(unit) + 1));
}

}  // namespace

std::vector<Window> windows(const YamlNodes& nodes, const YamlEntry& entry) {
  std::vector<Window> all;
  for (const YamlEntry& one : nodes.one_or_more(entry)) all.push_back(window(nodes, one));
  return all;
}

core::guard::LargeTable large_table(const YamlNodes& nodes, const YAML::Node& map) {
  core::guard::LargeTable large;
  for (const YamlEntry& entry : nodes.known_entries(map, large_keys)) {
    const std::string text = nodes.scalar(entry);
    const auto number = number_of(text);
    if (!number)
      throw fault_at(nodes.origin_of(entry.value),
                     "'" + text + "' is no size; expected a number above 0: 1000000, 64M, 1G");
    (entry.key == "rows" ? large.rows : large.bytes) = *number;
  }
  return large;
}

std::optional<core::guard::Outside> outside(std::string_view word) {
  return core::value_named<core::guard::Outside>(outside_words, word);
}

}  // namespace migrate::config
