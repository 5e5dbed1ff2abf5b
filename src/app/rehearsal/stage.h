#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/rehearsal/ground.h"
#include "app/rehearsal/rehearsal_ports.h"
#include "core/event.h"
#include "core/plan.h"
#include "core/rehearsal/row_digest.h"
#include "moved_server.h"
#include "step_subset.h"

namespace migrate::app {

/// How a run on a stage ended.
struct StageRun {
  core::ExitCode code = core::ExitCode::done;
  std::vector<core::event::StepFailed> failures;  ///< in the order in which they came
  std::optional<core::Refusal> refusal;

  bool succeeded() const { return code == core::ExitCode::done; }
};

/// A scratch schema that steps are applied to and undone on, as `up` and `down` do it. Signals end
/// it: each call throws Fault with the signal's code once one came.
class Stage {
 public:
  Stage(const RehearsalPorts& ports, const Ground& ground, port::StepSource& files, Move move = {});

  StepSubset& steps() { return *steps_; }
  /// From now on these are the files, and none of them has had its turn.
  void use(port::StepSource& files) { steps_ = std::make_unique<StepSubset>(files); }
  StageRun up(core::OnFailure on_failure = core::OnFailure::stop);
  /// The step that was applied last.
  StageRun down();

  core::schema::Schema schema() { return session_->schema().read(); }
  port::ScratchSchema& scratch() { return *scratch_; }

 private:
  void build(const Ground& ground);
  template <class UseCase>
  StageRun run(const std::string& command, const UseCase& use_case);
  void stop_if_asked() const;

  const RehearsalPorts& ports_;
  std::unique_ptr<port::ScratchSchema> scratch_;
  MovedServer moved_;
  std::unique_ptr<StepSubset> steps_;
  std::unique_ptr<port::Session> session_;  ///< to look with
};

}  // namespace migrate::app
