#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/estimate/measurement.h"
#include "core/estimate/statement_work.h"
#include "core/estimate/table_size.h"

namespace migrate::core::estimate {

/// How long a statement may take.
struct Estimate {
  std::optional<std::chrono::milliseconds> time;  ///< nothing: nobody can tell
  std::string basis;                              ///< in words, what it is from

  friend bool operator==(const Estimate&, const Estimate&) = default;
};

/// `sizes`: of the tables that it is at and that are there. `earlier`: what was measured here, the
/// newest first. Where the text leaves open whether the table is written anew it is taken to be, so
/// the time is one that the statement is not expected to exceed; of several earlier ones on tables
/// of about this size the slowest counts.
Estimate estimate(Work work, const std::vector<TableSize>& sizes,
                  const std::vector<Measurement>& earlier);

/// "3 min", "2 h 10 min", "1 s"; of less than a second "a moment".
std::string time_text(std::chrono::milliseconds time);

}  // namespace migrate::core::estimate
