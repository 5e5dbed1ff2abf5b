#include "app/rehearsal/verify.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "../stopwatch.h"
#include "convergence.h"
#include "core/fault.h"
#include "cycle.h"
#include "repetition.h"

namespace migrate::app {
namespace {

using core::rehearsal::StepVerification;
using core::rehearsal::Verification;

bool is_signal(core::ExitCode code) {
  return code == core::ExitCode::interrupted || code == core::ExitCode::terminated;
}

class Rehearsal {
 public:
  Rehearsal(const RehearsalPorts& ports, const VerifyRequest& request)
      : ports_(ports),
        request_(request),
        cycle_(ports, request),
        repetition_(ports, request),
        convergence_(ports, request) {}

  /// False: no further step can be tried.
  bool go_through(const core::Step& step, Verification& verification) {
    const Stopwatch stopwatch(ports_.clock);
    const bool chosen = request_.is_chosen(step);
    StepVerification result{.step = step};
    bool applied = false;
    if (chosen) {
      applied = cycle_.prove(step, result);
      if (applied && step.id.kind == core::StepKind::repeatable)
        convergence_.prove(step, cycle_.schema(), result);
      if (applied) repetition_.prove(step, result);
    } else {
      applied = cycle_.apply(step, result);
      if (applied) repetition_.apply(step);
    }
    for (std::string& note : cycle_.take_notes()) verification.warnings.push_back(std::move(note));
    result.duration_us = stopwatch.elapsed_us();
    // One in front of those that were asked for counts when it is in their way.
    if (chosen || !applied) verification.steps.push_back(std::move(result));
    return applied;
  }

 private:
  const RehearsalPorts& ports_;
  const VerifyRequest& request_;
  Cycle cycle_;
  Repetition repetition_;
  Convergence convergence_;
};

/// Those behind one that stopped the rehearsal.
void add_untried(const VerifyRequest& request, std::size_t from, Verification& verification) {
  for (std::size_t i = from; i < request.steps.size(); ++i) {
    if (request.is_chosen(request.steps[i]))
      verification.steps.push_back({.step = request.steps[i]});
  }
}

}  // namespace

Verification verify(const RehearsalPorts& ports, const VerifyRequest& request) {
  const Stopwatch stopwatch(ports.clock);
  Verification verification;
  std::size_t tried = 0;
  try {
    Rehearsal rehearsal(ports, request);
    while (tried < request.steps.size()) {
      if (!rehearsal.go_through(request.steps[tried++], verification)) break;
    }
  } catch (const core::Fault& fault) {
    if (!is_signal(fault.code())) throw;
    verification.stopped = fault.code();
  }
  add_untried(request, tried, verification);
  verification.duration_us = stopwatch.elapsed_us();
  return verification;
}

}  // namespace migrate::app
