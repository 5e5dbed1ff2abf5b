#pragma once

#include <vector>

#include "core/schema/schema.h"

namespace migrate::core::schema {

/// Each behind those that it reads; where nothing is said of two, by name.
std::vector<const View*> in_creation_order(const std::vector<View>& views);

struct OrderedTable {
  const Table* table = nullptr;
  /// Foreign keys that have to be added later: they are part of a circle.
  std::vector<const ForeignKey*> later;
};
/// Each behind those that its foreign keys name; where nothing is said of two, by name.
std::vector<OrderedTable> in_creation_order(const std::vector<Table>& tables);

}  // namespace migrate::core::schema
