#include "core/estimate/measurement.h"

#include <charconv>
#include <string_view>

#include <fmt/format.h>

namespace migrate::core::estimate {
namespace {

constexpr double microseconds = 1e6;
constexpr std::uint64_t smallest = 16U << 20U;  // bytes
// In less than this only a definition may have changed, with some waiting.
constexpr std::uint64_t shortest_us = 500'000;
// No disk writes a table anew so fast.
constexpr double fastest = 4e9;  // bytes a second

constexpr std::string_view between = " bytes of ";

}  // namespace

double Measurement::bytes_per_second() const {
  return duration_us == 0
             ? 0
             : static_cast<double>(bytes) / static_cast<double>(duration_us) * microseconds;
}

bool is_telling(const Measurement& measurement) {
  return measurement.bytes >= smallest && measurement.duration_us >= shortest_us &&
         measurement.bytes_per_second() <= fastest;
}

std::string message_of(const Measurement& measurement) {
  return fmt::format("{}{}{}", measurement.bytes, between, measurement.table);
}

std::optional<Measurement> measurement_of(const LogRow& row) {
  if (row.event != measured_event) return std::nullopt;
  Measurement measurement{.duration_us = row.duration_us, .at = row.at};
  const std::string_view text = row.message;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), measurement.bytes);
  if (error != std::errc()) return std::nullopt;
  const std::string_view rest = text.substr(static_cast<std::size_t>(end - text.data()));
  if (!rest.starts_with(between)) return std::nullopt;
  measurement.table = rest.substr(between.size());
  return measurement;
}

}  // namespace migrate::core::estimate
