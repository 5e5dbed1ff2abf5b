#pragma once

#include <cstdint>
#include <vector>

#include "core/object_name.h"

namespace migrate::core::estimate {

/// How much is in a table, as its engine estimates it: of InnoDB from a sample of pages, often
/// within some percent, at times off by half.
struct TableSize {
  ObjectName table;  ///< as the statement that names it has it
  std::uint64_t rows = 0;
  std::uint64_t data_bytes = 0;
  std::uint64_t index_bytes = 0;

  std::uint64_t bytes() const { return data_bytes + index_bytes; }

  friend bool operator==(const TableSize&, const TableSize&) = default;
};

/// Null: none of them is that table's.
const TableSize* size_of(const ObjectName& table, const std::vector<TableSize>& sizes);

}  // namespace migrate::core::estimate
