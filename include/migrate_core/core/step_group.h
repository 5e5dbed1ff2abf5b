#pragma once

#include <cstdint>
#include <vector>

#include "core/plan.h"
#include "core/schema_change.h"
#include "core/unit.h"

namespace migrate::core {

/// A step of a group. Its statements all have a schema effect.
struct GroupedStep {
  const PlannedStep* planned = nullptr;
  std::vector<NumberedStatement> statements;
  std::vector<SchemaChange> changes;  ///< one a statement
};

/// Whether the step, as far as its shape tells, is one of the small ones that may travel together:
/// versioned, applied from its first statement, nothing but a few schema statements, no directive
/// about how it runs.
bool may_be_grouped(const PlannedStep& planned, const UnitLimits& limits = {});

/// Consecutive steps of a plan whose statements share one packet and whose intents one transaction,
/// as the statements of a unit of kind `statement` do: each short, and no two at the same object.
class StepGroup {
 public:
  explicit StepGroup(UnitLimits limits = {}) : limits_(limits) {}

  /// Adds a step of which may_be_grouped() holds, with all of its statements. False, and nothing is
  /// added, where it has to go in another packet. `planned` must outlive the group.
  bool add(const PlannedStep& planned, std::vector<NumberedStatement> statements);

  const std::vector<GroupedStep>& steps() const { return steps_; }

  /// All of their statements as those of one unit.
  UnitPart unit() const;

  /// Whether no statement of the other touches an object that one of these does.
  bool is_apart_from(const StepGroup& other) const;

 private:
  bool fits(const GroupedStep& step) const;
  std::vector<const SchemaChange*> changes() const;

  UnitLimits limits_;
  std::vector<GroupedStep> steps_;
  std::uint64_t statements_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace migrate::core
