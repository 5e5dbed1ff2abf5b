#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/step.h"

namespace migrate::core {

/// One step of a run, in one direction.
struct RunStep {
  StepId id;
  std::string name;
  Direction direction = Direction::up;

  friend bool operator==(const RunStep&, const RunStep&) = default;
};

/// What a run is about to do, for commands that would do something else if they planned anew behind
/// the first steps of it: `down --steps N` and `redo`. The log keeps it where the run starts.
struct RunPlan {
  std::uint64_t asked = 1;  ///< steps, by the person
  std::vector<RunStep> steps;

  friend bool operator==(const RunPlan&, const RunPlan&) = default;
};

/// The newest run of the history, which has started and never told how it ended: it was cut off, or
/// is under way.
struct UnfinishedRun {
  std::string command;
  std::string at;  ///< UTC, when it started, as LedgerRow::changed_at
  RunPlan plan;
  std::size_t done = 0;  ///< the first so many of its steps

  /// Its steps that are not done, in order.
  std::vector<RunStep> left() const;
  /// Whether this command, asked for so many steps, is the one that was cut off.
  bool is(const std::string& said, std::uint64_t asked) const;
  /// How it is said again: "down --steps 3".
  std::string said() const;
  /// For people, about the same command said again.
  std::string words() const;
};

}  // namespace migrate::core
