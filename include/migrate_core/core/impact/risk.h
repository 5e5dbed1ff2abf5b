#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/impact/impact.h"
#include "core/lint/finding.h"

namespace migrate::core::impact {

enum class Weight {
  high,    ///< data is lost, or programs stand still
  medium,  ///< worth a thought
  low,     ///< worth knowing
};

struct RiskPlace {
  std::size_t step = 0;         ///< index in Impact::steps
  std::uint64_t statement = 0;  ///< of its script, from 1; 0: the step as a whole
};

/// A reason to think again before the plan runs.
struct Risk {
  Weight weight = Weight::medium;
  std::optional<RiskPlace> place;  ///< nothing: the plan as a whole
  std::string words;
  std::string way_out;  ///< may be empty
};

/// From here on a table counts as large where a statement keeps others waiting or copies it.
inline constexpr std::uint64_t large_bytes = std::uint64_t{1} << 28;
inline constexpr std::uint64_t large_rows = 1'000'000;

/// The same of a statement that is expected to take so long.
inline constexpr std::chrono::seconds long_time{10};

/// The weightiest first; of one weight in the order of the plan.
std::vector<Risk> risks_of(const Impact& impact, const std::vector<lint::Finding>& findings);

}  // namespace migrate::core::impact
