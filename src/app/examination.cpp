#include "examination.h"

#include <utility>

#include "core/fault.h"

namespace migrate::app {

core::Script Examination::operator()(const core::ScriptFile& file) {
  std::vector<core::Problem> problems;
  core::Script script = steps_.examine(file, problems);
  if (seen_.insert(file.path).second)
    problems_.insert(problems_.end(), problems.begin(), problems.end());
  return script;
}

port::Validation examine_all(core::CatalogResult loaded, port::StepSource& steps) {
  port::Validation validation{.catalog = std::move(loaded.catalog)};
  Examination examination(steps);
  const auto count = [&](const core::ScriptFile& file) {
    validation.statements += examination(file).shape.statements();
  };
  for (const core::Step& step : validation.catalog.repeatable) count(step.up);
  for (const core::Step& step : validation.catalog.versioned) {
    count(step.up);
    if (step.down) count(*step.down);
  }
  validation.problems = examination.problems();
  validation.problems.insert(validation.problems.end(), loaded.problems.begin(),
                             loaded.problems.end());
  return validation;
}

void refuse_problems(const std::vector<core::Problem>& problems) {
  if (problems.empty()) return;
  std::string message;
  for (const core::Problem& problem : problems) {
    if (!message.empty()) message += '\n';
    message += core::to_string(problem);
  }
  throw core::Fault(core::ExitCode::configuration, message,
                    "nothing ran; check the files with: migrate validate");
}

}  // namespace migrate::app
