#pragma once

#include <optional>
#include <string>

#include "support/raw_connection.h"

namespace migrate::torture {

/// Everything that a run leaves in a schema, as text to be compared byte by byte.
struct Snapshot {
  std::string schema;  ///< SHOW CREATE of every object, without AUTO_INCREMENT counters
  /// All rows of all tables, sorted, without AUTO_INCREMENT columns: gaps are legal after a
  /// rollback.
  std::string rows;
  /// The ledger in the order of applying, how often the log says that each step was applied, and
  /// what the journal still holds. Without times, run ids and durations.
  std::string history;
};

/// Of a schema that nothing changes meanwhile. Throws as RawConnection does.
Snapshot take_snapshot(testing::RawConnection& sql, const std::string& schema);

/// The first line that differs, with what was expected there; nothing when they are equal.
std::optional<std::string> difference(const Snapshot& expected, const Snapshot& found);

}  // namespace migrate::torture
