#pragma once

#include <cstddef>
#include <vector>

#include "core/object_name.h"
#include "core/plan.h"

namespace migrate::core {

/// Which step of a plan is the last that may change a table: behind it the table is what it will be
/// at the end, and may be looked at while the rest runs.
class LastChanges {
 public:
  explicit LastChanges(const Plan& plan);

  /// The tables, under the names that the steps use, that a step of [first, end) names and none
  /// behind them. A table whose name is not all ASCII may be missing: whether two such names are
  /// one is the server's collation's to say. None at all where a step may change what it does not
  /// name.
  std::vector<ObjectName> settled(std::size_t first, std::size_t end) const;

 private:
  /// By step. Empty: a step may change what it does not name.
  std::vector<std::vector<ObjectName>> settled_;
};

}  // namespace migrate::core
