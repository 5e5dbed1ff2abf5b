#include "core/estimate/estimate.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/backup/manifest.h"

namespace migrate::core::estimate {
namespace {

using std::chrono::milliseconds;

// What a table is written anew with where nothing is known: a cloud's ordinary disk, indexes to be
// sorted, other work beside it.
constexpr double assumed = 50e6;  // bytes a second
// Within this factor a table is about as large as another.
constexpr double about = 8;
constexpr double milliseconds_in_second = 1000;

milliseconds at_pace(std::uint64_t bytes, double bytes_per_second) {
  return milliseconds(static_cast<std::int64_t>(
      std::ceil(static_cast<double>(bytes) / bytes_per_second * milliseconds_in_second)));
}

bool is_about_as_large(const Measurement& measurement, std::uint64_t bytes) {
  const double ratio = static_cast<double>(measurement.bytes) / static_cast<double>(bytes);
  return ratio >= 1 / about && ratio <= about;
}

}  // namespace

Estimate estimate(Work work, const std::vector<TableSize>& sizes,
                  const std::vector<Measurement>& earlier) {
  if (work == Work::rows)
    return {.time = std::nullopt, .basis = "how many rows it is at only the server can tell"};
  std::uint64_t bytes = 0;
  for (const TableSize& size : sizes) bytes += size.bytes();
  if (work == Work::moment)
    return {.time = milliseconds(0), .basis = "it does not depend on how much there is"};
  if (bytes == 0) return {.time = milliseconds(0), .basis = "no table of it is there yet"};
  const Measurement* slowest = nullptr;
  std::size_t count = 0;
  for (const Measurement& one : earlier) {
    if (!is_telling(one) || !is_about_as_large(one, bytes)) continue;
    ++count;
    if (slowest == nullptr || one.bytes_per_second() < slowest->bytes_per_second()) slowest = &one;
  }
  if (slowest == nullptr) {
    return {
        .time = at_pace(bytes, assumed),
        .basis = fmt::format("no earlier run of this size: assuming {:.0f} MB/s", assumed / 1e6)};
  }
  const std::string whose =
      count == 1 ? "as an earlier one here" : fmt::format("as the slowest of {} here", count);
  return {.time = at_pace(bytes, slowest->bytes_per_second()),
          .basis = fmt::format(
              "{}: {} with {} in {}", whose, slowest->table, backup::size_text(slowest->bytes),
              time_text(milliseconds(static_cast<std::int64_t>(slowest->duration_us / 1000))))};
}

std::string time_text(milliseconds time) {
  using std::chrono::hours;
  using std::chrono::minutes;
  using std::chrono::seconds;
  if (time < seconds(1)) return "a moment";
  const auto whole = std::chrono::ceil<seconds>(time);
  if (whole < minutes(1)) return fmt::format("{} s", whole.count());
  if (whole < minutes(10) && whole % minutes(1) != seconds(0))
    return fmt::format("{} min {} s", whole / minutes(1), (whole % minutes(1)).count());
  const auto rounded = std::chrono::ceil<minutes>(whole);
  if (rounded < hours(1)) return fmt::format("{} min", rounded.count());
  const auto rest = rounded % hours(1);
  if (rest == minutes(0)) return fmt::format("{} h", rounded / hours(1));
  return fmt::format("{} h {} min", rounded / hours(1), rest.count());
}

}  // namespace migrate::core::estimate
