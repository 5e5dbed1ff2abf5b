#include "app/outlook.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace migrate::app {
namespace {

using core::estimate::StatementOutlook;
using core::estimate::StepOutlook;
using core::estimate::Work;

constexpr std::size_t most_statements = 1000;

/// What its file tells; sizes and times are not filled in.
StepOutlook look_at(const core::PlannedStep& planned, port::StepSource& steps) {
  StepOutlook outlook;
  const core::ScriptShape& shape = planned.script.shape;
  const bool only_session = shape.statements() == shape.session_statements;
  if (only_session) return outlook;
  const auto stream = steps.open(planned.script);
  while (const auto numbered = stream->next()) {
    if (numbered->index < planned.first_statement) continue;
    core::estimate::StatementWork work = core::estimate::work_of(numbered->statement);
    if (work.work == Work::rows) ++outlook.unknown;
    const bool is_plain = work.work == Work::moment && work.tables.empty();
    if (is_plain || outlook.statements.size() == most_statements) continue;
    outlook.statements.push_back({.statement = numbered->index,
                                  .position = numbered->statement.position,
                                  .work = std::move(work),
                                  .sizes = {},
                                  .estimate = {}});
  }
  return outlook;
}

}  // namespace

core::estimate::Outlook outlook_of(const core::Plan& plan, port::Session& session,
                                   port::StepSource& steps) {
  core::estimate::Outlook outlook;
  std::set<core::ObjectName> tables;
  bool is_slow = false;
  for (const core::PlannedStep& planned : plan.steps) {
    StepOutlook& step = outlook.steps.emplace_back(look_at(planned, steps));
    for (const StatementOutlook& statement : step.statements) {
      tables.insert(statement.work.tables.begin(), statement.work.tables.end());
      is_slow = is_slow || statement.work.work == Work::table;
    }
  }
  outlook.sizes = session.schema().sizes({tables.begin(), tables.end()});
  if (is_slow) outlook.earlier = session.history().measurements();
  for (StepOutlook& step : outlook.steps) {
    for (StatementOutlook& statement : step.statements) {
      for (const core::ObjectName& table : statement.work.tables) {
        if (const auto* size = core::estimate::size_of(table, outlook.sizes))
          statement.sizes.push_back(*size);
      }
      statement.estimate = outlook.estimate(statement.work);
      step.known += statement.estimate.time.value_or(std::chrono::milliseconds(0));
    }
    std::erase_if(step.statements, [](const StatementOutlook& statement) {
      return statement.sizes.empty() && statement.work.work != Work::rows;
    });
  }
  return outlook;
}

}  // namespace migrate::app
