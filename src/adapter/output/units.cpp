#include "units.h"

#include <fmt/format.h>

namespace migrate::output {

std::string human_duration(std::uint64_t microseconds) {
  if (microseconds < 1'000) return fmt::format("{} µs", microseconds);
  if (microseconds < 1'000'000) return fmt::format("{} ms", microseconds / 1'000);
  const std::uint64_t tenths = microseconds / 100'000;
  if (tenths < 600) return fmt::format("{}.{} s", tenths / 10, tenths % 10);
  const std::uint64_t seconds = tenths / 10;
  if (seconds < 3'600) return fmt::format("{} min {} s", seconds / 60, seconds % 60);
  return fmt::format("{} h {} min", seconds / 3'600, seconds % 3'600 / 60);
}

std::string whole_seconds(std::uint64_t seconds) {
  return seconds < 60 ? fmt::format("{} s", seconds) : human_duration(seconds * 1'000'000);
}

std::string human_time(std::string_view utc) {
  return std::string(utc.substr(0, 19));
}

std::string iso_time(std::string_view utc) {
  std::string time(utc);
  if (time.size() < 19 || time[10] != ' ') return time;
  time[10] = 'T';
  return time + 'Z';
}

}  // namespace migrate::output
