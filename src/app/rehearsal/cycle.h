#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/rehearsal/verify.h"
#include "filling.h"
#include "stage.h"
#include "trail.h"

namespace migrate::app {

/// The stage on which each step is applied, undone and applied again. Where a step leaves it as it
/// should not, it is made anew.
class Cycle {
 public:
  Cycle(const RehearsalPorts& ports, const VerifyRequest& request);

  /// Applies a step that nothing is to be proven of. False: it could not, and `verification` says
  /// why.
  bool apply(const core::Step& step, core::rehearsal::StepVerification& verification);
  /// All that one stage can prove of it. False: it could not be applied at all.
  bool prove(const core::Step& step, core::rehearsal::StepVerification& verification);

  /// What is there now.
  core::schema::Schema schema() { return stage_->schema(); }
  std::vector<std::string> take_notes() { return filling_->take_notes(); }

 private:
  void prove_way_back(const core::Step& step, core::rehearsal::StepVerification& verification);
  bool prove_down(const core::Step& step, core::rehearsal::StepVerification& verification);
  bool prove_stepwise(const core::Step& step, core::rehearsal::StepVerification& verification);
  std::vector<std::uint64_t> uncertain_prefixes(std::uint64_t total) const;
  bool prove_prefix(const core::Step& step, std::uint64_t statements, std::uint64_t total,
                    core::rehearsal::StepVerification& verification);
  bool prove_up_again(const core::Step& step, core::rehearsal::StepVerification& verification);
  bool prove_idempotent(const core::Step& step, core::rehearsal::StepVerification& verification);
  void begin_anew();
  void fill();
  bool go_up(const core::Step& step, core::rehearsal::StepVerification& verification);
  core::rehearsal::Finding failure(core::rehearsal::Proof proof, const std::string& message,
                                   const StageRun& run);

  const RehearsalPorts& ports_;
  const VerifyRequest& request_;
  std::unique_ptr<Stage> stage_;
  std::unique_ptr<Filling> filling_;
  std::vector<core::Step> applied_;
  core::schema::Schema before_;  ///< of the step that is being proven
  core::schema::Schema after_;
  std::optional<Trail> upwards_;  ///< of a step that says that it is stepwise
  std::optional<Trail> downwards_;
};

}  // namespace migrate::app
