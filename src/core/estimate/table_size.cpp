#include "core/estimate/table_size.h"

#include <algorithm>

namespace migrate::core::estimate {

const TableSize* size_of(const ObjectName& table, const std::vector<TableSize>& sizes) {
  const auto found = std::ranges::find(sizes, table, &TableSize::table);
  return found == sizes.end() ? nullptr : &*found;
}

}  // namespace migrate::core::estimate
