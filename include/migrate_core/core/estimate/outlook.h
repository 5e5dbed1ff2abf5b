#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/estimate/estimate.h"
#include "core/estimate/statement_work.h"
#include "core/estimate/table_size.h"
#include "core/position.h"

namespace migrate::core::estimate {

/// A statement that is at a table that is there, or whose time only the server knows.
struct StatementOutlook {
  std::uint64_t statement = 1;  ///< index in its file, from 1
  Position position;
  StatementWork work;
  std::vector<TableSize> sizes;  ///< of those of its tables that are there
  Estimate estimate;
};

/// Of one planned step.
struct StepOutlook {
  /// At most the first 1,000; any other statement takes a moment.
  std::vector<StatementOutlook> statements;
  std::chrono::milliseconds known{0};  ///< all of its statements together whose time is known
  std::uint64_t unknown = 0;           ///< statements whose time is not

  /// Null: that statement takes a moment.
  const StatementOutlook* find(std::uint64_t statement) const;
};

/// What a plan is at and how long it may take.
struct Outlook {
  std::vector<StepOutlook> steps;    ///< one a step of the plan, in its order
  std::vector<TableSize> sizes;      ///< of all tables that are there
  std::vector<Measurement> earlier;  ///< what was measured here, newest first

  /// Of a statement of the plan.
  Estimate estimate(const StatementWork& work) const;
  std::chrono::milliseconds known() const;
  std::uint64_t unknown() const;
};

}  // namespace migrate::core::estimate
