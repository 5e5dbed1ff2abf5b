#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<StepRemark> check(const StepView& view) {
  std::vector<StepRemark> remarks;
  const auto look = [&](const Outline& script, Direction direction) {
    if (!script.first_schema || !script.first_data) return;
    const bool schema_first = script.first_schema->statement < script.first_data->statement;
    const Place& later = schema_first ? *script.first_data : *script.first_schema;
    const Place& earlier = schema_first ? *script.first_schema : *script.first_data;
    remarks.push_back({direction, &later,
                       fmt::format("{} in one step with {} (statement {}, line {})",
                                   schema_first ? "a data statement" : "a schema statement",
                                   schema_first ? "schema statements" : "data statements",
                                   earlier.statement, earlier.position.line),
                       "put the data into a step of its own"});
  };
  look(view.up, Direction::up);
  if (view.down != nullptr) look(*view.down, Direction::down);
  return remarks;
}

}  // namespace

Rule mixed_ddl_and_data() {
  return {"mixed-ddl-and-data", Severity::warning,
          "The server commits before each schema statement, so a step of both cannot be all or "
          "nothing: after a failure it stays half-applied. In a step of its own, the data is "
          "one transaction.",
          check};
}

}  // namespace migrate::core::lint
