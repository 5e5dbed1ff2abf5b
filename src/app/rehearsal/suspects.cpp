#include "suspects.h"

#include <utility>

#include "core/lint/linter.h"

namespace migrate::app {

std::vector<Suspect> suspects_of(const core::Step& step, port::StepSource& steps) {
  core::lint::Linter linter(
      {}, [&](const core::ScriptFile& file, const auto& take) { steps.read(file, take); });
  linter.look_at(step, core::lint::Linter::Telling::everything);
  std::vector<Suspect> suspects;
  for (core::lint::Finding& finding : linter.take_report().findings) {
    const bool about_repeating = finding.rule == "non-deterministic" ||
                                 finding.rule == "limit-without-order-by" ||
                                 finding.rule == "unsafe-for-replication";
    if (about_repeating && finding.path == step.up.path)
      suspects.push_back({.statement = finding.statement, .message = std::move(finding.message)});
  }
  return suspects;
}

}  // namespace migrate::app
