#pragma once

#include <cstdint>
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
#include "trail.h"

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
  /// The same, with a look behind each statement of that file.
  StageRun up(Trail& trail, const core::ScriptFile& file);
  StageRun down(Trail& trail, const core::ScriptFile& file);

  core::schema::Schema schema() { return session_->schema().read(); }
  /// What is there now, in front of the file.
  Trail trail(const core::ScriptFile& file) { return {session_->schema(), *steps_, file}; }
  port::ScratchSchema& scratch() { return *scratch_; }

 private:
  void build(const Ground& ground);
  template <class UseCase>
  StageRun run(const std::string& command, const UseCase& use_case);
  template <class Run>
  StageRun watched(Trail& trail, const core::ScriptFile& file, const Run& run);
  void stop_if_asked() const;

  const RehearsalPorts& ports_;
  std::unique_ptr<port::ScratchSchema> scratch_;
  MovedServer moved_;
  std::unique_ptr<StepSubset> steps_;
  std::unique_ptr<port::Session> session_;  ///< to look with
  std::uint64_t ended_ = 0;                 ///< statements of the step that is under way
};

}  // namespace migrate::app
