#include "step_session.h"

#include <utility>

#include "core/prepared.h"
#include "core/use_statement.h"
#include "core/user_variables.h"

namespace migrate::app {
namespace {

/// So that what the journal writes fits beside the longest statement.
constexpr std::size_t most_variables = 64;

}  // namespace

void StepSession::restore(port::Session& work, const core::SessionValues& values) {
  if (values.empty()) return;
  work.restore(values);
  changed_ = true;
  inserts_ = true;
  for (const core::UserVariable& variable : values.variables) variables_.insert(variable.name);
}

void StepSession::note_values(const core::Statement& statement) {
  inserts_ = inserts_ || statement.effect == core::Effect::data;
  core::UserVariables found = core::user_variables(core::text_that_runs(statement));
  for (auto* names : {&found.assigned, &found.read}) {
    for (const std::string& name : *names) {
      if (variables_.size() < most_variables) variables_.insert(name);
    }
  }
}

void StepSession::follow(core::Statement& statement, port::Session& work) {
  if (auto text = prepared_.executed_by(statement.text, work)) {
    statement.effect = core::effect_of(*text);
    statement.executed = std::move(*text);
    note_values(statement);
  }
  if (auto schema = core::used_schema(statement.text)) current_schema_ = std::move(*schema);
  if (core::sets_session_variables(statement.text)) rehearsals_ = Rehearsals::left_out;
}

void StepSession::add_prepared(const core::Prepared& prepared, port::Session& work) {
  prepared_.add(prepared, work);
}

std::optional<std::vector<std::string>> StepSession::kept_variables() const {
  if (variables_.empty() && !inserts_) return std::nullopt;
  return std::vector<std::string>(variables_.begin(), variables_.end());
}

}  // namespace migrate::app
