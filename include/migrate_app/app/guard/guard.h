#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/guard/run_boundary.h"
#include "core/guard/verdict.h"
#include "core/object_name.h"
#include "core/plan.h"
#include "core/step.h"
#include "port/session.h"
#include "port/step_source.h"

namespace migrate::app {

/// A run that is about to start.
struct GuardedRun {
  std::string_view command;
  const core::Plan& plan;
  const core::Script* file = nullptr;     ///< of `exec`: one outside the catalog, and no plan
  std::vector<core::ObjectName> dropped;  ///< by `reset`, before the plan
  std::optional<std::string> frozen;      ///< the hash of the frozen plan that it carries out
  port::Session& session;                 ///< to look with
  port::StepSource& steps;
};

/// Facts in, verdict out. It observes and never acts; its policy is its own. Throws Fault where it
/// cannot find out.
class Guard {
 public:
  virtual ~Guard() = default;
  virtual core::guard::Verdict ask(const GuardedRun& run) const = 0;
  /// What is asked again while the run that it let pass is under way; null: nothing.
  virtual std::unique_ptr<RunBoundary> boundary(const GuardedRun& /*run*/) const { return nullptr; }
};

}  // namespace migrate::app
