#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/rehearsal/verify.h"
#include "stage.h"

namespace migrate::app {

/// Whether a ddl file makes the same of the shape that was there before as of nothing.
class Convergence {
 public:
  Convergence(const RehearsalPorts& ports, const VerifyRequest& request);

  /// `now`: what it made on the ground of the rehearsal.
  void prove(const core::Step& step, const core::schema::Schema& now,
             core::rehearsal::StepVerification& verification);

 private:
  bool apply_on_nothing(const core::Step& step, core::rehearsal::StepVerification& verification);
  bool compare_with_nothing(const core::Step& step, const core::schema::Schema& now,
                            const std::string& shape,
                            core::rehearsal::StepVerification& verification);
  void prove_on_previous(const core::Step& step, core::rehearsal::StepVerification& verification);

  const RehearsalPorts& ports_;
  const VerifyRequest& request_;
  std::unique_ptr<Stage> nothing_;  ///< an empty schema with the ddl files so far
  std::vector<core::Step> steps_;
  std::vector<core::Step> previous_;  ///< the files as they were
};

}  // namespace migrate::app
