#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace migrate::core {

/// How far the server says that a statement is.
struct Work {
  enum class Unit { percent, rows, pages };

  std::uint64_t stage = 0;   ///< n …
  std::uint64_t stages = 0;  ///< … of m; 0: the server does not tell
  std::string name;          ///< of the stage, in the server's words; empty: not known
  Unit unit = Unit::percent;
  double done = 0;
  double total = 0;  ///< of this stage, an estimate that may grow; more than 0

  /// From 0 to 100.
  double percent() const;
};

/// "stage 1 of 2 (copy to tmp table), 43 %"; "43 %" where stages are not counted. 100 % only where
/// it is all done.
std::string words_of(const Work& work);

/// What a server told at a moment.
struct WorkSeen {
  Work work;
  std::chrono::milliseconds at{0};  ///< since the statement began
};

struct Pace {
  double per_second = 0;     ///< in the unit of the work
  std::uint64_t left_s = 0;  ///< of this stage, should it go on like this
};

/// Whether the same stage goes on: what was seen before tells of its pace.
bool goes_on(const Work& before, const Work& now);

/// Nothing where no time has passed, or nothing was done in it.
std::optional<Pace> pace(const WorkSeen& first, const WorkSeen& now);

}  // namespace migrate::core
