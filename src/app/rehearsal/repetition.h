#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "app/rehearsal/verify.h"
#include "filling.h"
#include "stage.h"

namespace migrate::app {

/// The stages on which each step is applied once: one as it would be, the others with another clock
/// and session, and with gaps between the ids.
class Repetition {
 public:
  Repetition(const RehearsalPorts& ports, const VerifyRequest& request);

  void apply(const core::Step& step);
  void prove(const core::Step& step, core::rehearsal::StepVerification& verification);

 private:
  struct Repeated {
    Repeated(const RehearsalPorts& ports, const VerifyRequest& request, Move move, std::string how)
        : stage(ports, request.ground, ports.steps, std::move(move)),
          filling(request),
          words(std::move(how)) {}
    StageRun up(const core::Step& step, const VerifyRequest& request);

    Stage stage;
    Filling filling;
    std::string words;           ///< "with another clock and other session settings"
    std::set<std::string> told;  ///< tables that differ since an earlier step
    bool broken = false;         ///< a step could not be applied here
  };

  void compare_with(Repeated& other, const core::Step& step,
                    core::rehearsal::StepVerification& verification);
  void compare_rows(Repeated& other, const core::Step& step, const core::schema::Schema& expected,
                    const core::schema::Schema& found,
                    core::rehearsal::StepVerification& verification);

  const RehearsalPorts& ports_;
  const VerifyRequest& request_;
  Repeated plain_;
  Repeated moved_;
  Repeated counted_;
};

}  // namespace migrate::app
