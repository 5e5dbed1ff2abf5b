#include "core/step_group.h"

#include <algorithm>
#include <utility>

#include "shared_intent.h"

namespace migrate::core {
namespace {

std::uint64_t bytes_of(const std::vector<NumberedStatement>& statements) {
  std::uint64_t bytes = 0;
  for (const NumberedStatement& numbered : statements) bytes += numbered.statement.text.size();
  return bytes;
}

}  // namespace

bool may_be_grouped(const PlannedStep& planned, const UnitLimits& limits) {
  const Script& script = planned.script;
  const ScriptShape& shape = script.shape;
  return planned.step.id.kind == StepKind::versioned && planned.direction == Direction::up &&
         planned.reason == Reason::pending && planned.first_statement == 1 &&
         script.directives.transaction == TransactionMode::automatic &&
         !script.directives.local_infile && shape.schema_statements > 0 &&
         shape.schema_statements == shape.statements() &&
         shape.schema_statements <= limits.schema_statements && shape.bytes <= limits.bytes;
}

bool StepGroup::add(const PlannedStep& planned, std::vector<NumberedStatement> statements) {
  GroupedStep step{.planned = &planned, .statements = std::move(statements)};
  for (const NumberedStatement& numbered : step.statements)
    step.changes.push_back(schema_change(numbered.statement.text));
  if (!fits(step)) return false;
  statements_ += step.statements.size();
  bytes_ += bytes_of(step.statements);
  steps_.push_back(std::move(step));
  return true;
}

UnitPart StepGroup::unit() const {
  UnitPart all{.kind = UnitKind::statement};
  for (const GroupedStep& step : steps_) {
    all.statements.insert(all.statements.end(), step.statements.begin(), step.statements.end());
    all.changes.insert(all.changes.end(), step.changes.begin(), step.changes.end());
  }
  return all;
}

bool StepGroup::is_apart_from(const StepGroup& other) const {
  const auto own = changes();
  return std::ranges::none_of(other.changes(), [&own](const SchemaChange* theirs) {
    return std::ranges::any_of(
        own, [theirs](const SchemaChange* mine) { return share_an_object(*mine, *theirs); });
  });
}

std::vector<const SchemaChange*> StepGroup::changes() const {
  std::vector<const SchemaChange*> changes;
  for (const GroupedStep& step : steps_) {
    for (const SchemaChange& change : step.changes) changes.push_back(&change);
  }
  return changes;
}

bool StepGroup::fits(const GroupedStep& step) const {
  if (statements_ + step.statements.size() > limits_.schema_statements) return false;
  if (bytes_ + bytes_of(step.statements) > limits_.bytes) return false;
  std::vector<const SchemaChange*> before = changes();
  for (std::size_t i = 0; i < step.statements.size(); ++i) {
    const SchemaChange& change = step.changes[i];
    if (needs_own_intent(step.statements[i].statement, change)) return false;
    const bool touched = std::ranges::any_of(
        before, [&change](const SchemaChange* other) { return share_an_object(*other, change); });
    if (touched) return false;
    before.push_back(&change);
  }
  return true;
}

}  // namespace migrate::core
