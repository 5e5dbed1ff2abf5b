#include "core/rehearsal/row_digest.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

namespace migrate::core::rehearsal {
namespace {

std::string rows_text(std::uint64_t rows) {
  return fmt::format("{} row{}", rows, rows == 1 ? "" : "s");
}

std::optional<RowDifference> difference(const RowDigest& expected, const RowDigest& found) {
  if (expected.rows == found.rows && expected.hash == found.hash) return std::nullopt;
  RowDifference difference{.table = expected.table};
  if (expected.rows != found.rows) {
    difference.words =
        fmt::format("{}, expected {}", rows_text(found.rows), rows_text(expected.rows));
    return difference;
  }
  difference.only_counters = true;
  for (const ColumnDigest& column : expected.columns) {
    const auto other = std::ranges::find(found.columns, column.name, &ColumnDigest::name);
    if (other == found.columns.end() || other->hash == column.hash) continue;
    difference.columns.push_back(column.name);
    if (!column.counted) difference.only_counters = false;
  }
  if (difference.columns.empty()) {
    difference.only_counters = false;
    difference.words = "the same values in other rows";
  } else {
    difference.words = fmt::format("other values in {}", fmt::join(difference.columns, ", "));
  }
  return difference;
}

}  // namespace

std::vector<RowDifference> row_differences(const std::vector<RowDigest>& expected,
                                           const std::vector<RowDigest>& found) {
  std::vector<RowDifference> differences;
  for (const RowDigest& table : expected) {
    const auto other = std::ranges::find(found, table.table, &RowDigest::table);
    if (other == found.end()) continue;
    if (auto one = difference(table, *other)) differences.push_back(std::move(*one));
  }
  return differences;
}

}  // namespace migrate::core::rehearsal
