#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace migrate::core::rehearsal {

/// The values of one column, whatever the order of the rows.
struct ColumnDigest {
  std::string name;
  std::string hash;
  bool counted = false;  ///< AUTO_INCREMENT, or refers to such a column
};

/// All rows of a table, whatever their order. Two tables with the same digest hold the same rows.
struct RowDigest {
  std::string table;
  std::uint64_t rows = 0;
  std::string hash;
  std::vector<ColumnDigest> columns;
};

/// How the rows of a table differ from what is expected of them.
struct RowDifference {
  std::string table;
  std::vector<std::string> columns;  ///< whose values are others; empty: the number of rows is
  std::string words;  ///< "2 rows, expected 3", "other values in created_at"; without the table
  /// Only in columns that the server counts: the rows are the same otherwise.
  bool only_counters = false;
};

/// By table. One that only one side has is left to the comparison of schemas.
std::vector<RowDifference> row_differences(const std::vector<RowDigest>& expected,
                                           const std::vector<RowDigest>& found);

}  // namespace migrate::core::rehearsal
