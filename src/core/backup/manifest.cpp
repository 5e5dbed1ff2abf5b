#include "core/backup/manifest.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <map>
#include <numeric>
#include <string_view>

#include <fmt/format.h>

#include "core/frozen_plan.h"
#include "core/row_hash.h"
#include "core/schema/definition_text.h"
#include "core/schema/difference.h"
#include "core/schema/kept.h"

namespace migrate::core::backup {
namespace {

std::optional<int> number_at(const std::string& text, std::size_t at, std::size_t digits) {
  int number = 0;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + digits, number);
  if (error != std::errc() || end != begin + digits) return std::nullopt;
  return number;
}

/// Of an event of which nobody said when it starts, a dump does: it is when it was made. So that is
/// left out of all of them.
std::string print_of(const schema::Event& event) {
  const auto bare = schema::read_create_event(
      event.definition, event.creation, schema::Starts::when_created, schema::Comments::as_defined);
  BagHash hash;
  hash.add(BagHash::of(schema::fingerprint_text(bare ? *bare : event)));
  return hash.hex();
}

std::string rows_text(std::uint64_t rows) {
  return fmt::format("{} row{}", rows, rows == 1 ? "" : "s");
}

}  // namespace

std::uint64_t Manifest::rows() const {
  return std::accumulate(
      tables.begin(), tables.end(), std::uint64_t{0},
      [](std::uint64_t sum, const TableContent& table) { return sum + table.rows; });
}

std::vector<ObjectPrint> object_prints(const schema::Schema& schema) {
  std::vector<ObjectPrint> prints;
  for (const schema::KeptObject& object : schema::kept_objects(schema)) {
    // The schema's own defaults are part of who it is.
    if (object.kind == schema::KeptKind::schema || object.kind == schema::KeptKind::event) continue;
    const bool body = object.kind == schema::KeptKind::package_body;
    prints.push_back(
        {.object = schema::words_for(schema::name_of(object)) + (body ? " (its body)" : ""),
         .fingerprint = object.fingerprint});
  }
  for (const schema::Event& event : schema.events)
    prints.push_back({.object = "event " + event.name, .fingerprint = print_of(event)});
  return prints;
}

std::vector<std::string> object_differences(const std::vector<ObjectPrint>& expected,
                                            const std::vector<ObjectPrint>& found) {
  std::vector<std::string> differences;
  std::map<std::string, std::string> there;
  for (const ObjectPrint& object : found) there[object.object] = object.fingerprint;
  for (const ObjectPrint& object : expected) {
    const auto one = there.find(object.object);
    if (one == there.end()) {
      differences.push_back(object.object + ": is not there");
      continue;
    }
    if (one->second != object.fingerprint)
      differences.push_back(object.object + ": has another definition");
    there.erase(one);
  }
  for (const auto& [object, fingerprint] : there)
    differences.push_back(object + ": is there, and not expected");
  return differences;
}

std::vector<std::string> content_differences(const std::vector<TableContent>& expected,
                                             const std::vector<TableContent>& found) {
  std::vector<std::string> differences;
  for (const TableContent& table : expected) {
    const auto other = std::ranges::find(found, table.name, &TableContent::name);
    if (other == found.end()) {
      differences.push_back(fmt::format("table {}: is not there", table.name));
    } else if (other->rows != table.rows) {
      differences.push_back(fmt::format("table {}: {}, expected {}", table.name,
                                        rows_text(other->rows), rows_text(table.rows)));
    } else if (table.rows > 0 && other->digest != table.digest) {
      differences.push_back(
          fmt::format("table {}: {}, with other values", table.name, rows_text(table.rows)));
    }
  }
  return differences;
}

std::optional<std::int64_t> seconds_of(const std::string& at) {
  using namespace std::chrono;
  constexpr std::string_view form = "0000-00-00T00:00:00Z";
  if (at.size() != form.size()) return std::nullopt;
  for (std::size_t i = 0; i < form.size(); ++i) {
    if (form[i] != '0' && form[i] != at[i]) return std::nullopt;
  }
  constexpr std::array<std::array<std::size_t, 2>, 6> places{
      {{0, 4}, {5, 2}, {8, 2}, {11, 2}, {14, 2}, {17, 2}}};
  std::array<int, 6> numbers{};
  for (std::size_t i = 0; i < places.size(); ++i) {
    const auto number = number_at(at, places[i][0], places[i][1]);
    if (!number) return std::nullopt;
    numbers[i] = *number;
  }
  const year_month_day date{year(numbers[0]), month(static_cast<unsigned>(numbers[1])),
                            day(static_cast<unsigned>(numbers[2]))};
  if (!date.ok()) return std::nullopt;
  return (sys_days(date).time_since_epoch() + hours(numbers[3]) + minutes(numbers[4]) +
          seconds(numbers[5])) /
         seconds(1);
}

std::uint64_t room_needed(std::uint64_t data_bytes) {
  constexpr std::uint64_t at_least = 1U << 20U;
  return at_least + data_bytes / 2;
}

std::string size_text(std::uint64_t bytes) {
  constexpr std::array units{"bytes", "KiB", "MiB", "GiB", "TiB"};
  auto number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1024 && unit + 1 < units.size(); ++unit) number /= 1024;
  return unit == 0 ? fmt::format("{} bytes", bytes) : fmt::format("{:.1f} {}", number, units[unit]);
}

std::string server_text(const ServerIdentity& server) {
  return server_words({.family = server.family, .version = server.version});
}

}  // namespace migrate::core::backup
