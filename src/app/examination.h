#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/catalog.h"
#include "core/step.h"
#include "port/presenter.h"
#include "port/step_source.h"

namespace migrate::app {

/// Splits the files that are to run, and gathers what is wrong with all of them.
class Examination {
 public:
  explicit Examination(port::StepSource& steps) : steps_(steps) {}

  core::Script operator()(const core::ScriptFile& file);
  /// Of the files so far. Each is told once, however often it was split.
  const std::vector<core::Problem>& problems() const { return problems_; }

 private:
  port::StepSource& steps_;
  std::set<std::string> seen_;  ///< paths
  std::vector<core::Problem> problems_;
};

/// Splits every file of a catalog.
port::Validation examine_all(core::CatalogResult loaded, port::StepSource& steps);

/// Throws Fault(configuration) that lists all problems when there is one.
void refuse_problems(const std::vector<core::Problem>& problems);

}  // namespace migrate::app
