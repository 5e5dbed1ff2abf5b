#include "core/rehearsal/verification.h"

#include <algorithm>

namespace migrate::core::rehearsal {

std::vector<Proof> all_proofs() {
  return {Proof::up,         Proof::down,      Proof::up_again,     Proof::stepwise,
          Proof::idempotent, Proof::converges, Proof::deterministic};
}

std::string_view word(Proof proof) {
  switch (proof) {
    case Proof::up:
      return "up";
    case Proof::down:
      return "down";
    case Proof::up_again:
      return "up again";
    case Proof::stepwise:
      return "stepwise";
    case Proof::idempotent:
      return "idempotent";
    case Proof::converges:
      return "converges";
    case Proof::deterministic:
      break;
  }
  return "deterministic";
}

ProofState StepVerification::state(Proof proof) const {
  const auto found = proofs.find(proof);
  return found == proofs.end() ? ProofState::not_tried : found->second;
}

ExitCode Verification::code() const {
  if (stopped) return *stopped;
  ExitCode code = ExitCode::done;
  for (const StepVerification& step : steps) {
    for (const Finding& finding : step.findings) {
      if (finding.error) return ExitCode::statement_failed;
      code = ExitCode::drift;
    }
  }
  return code;
}

std::uint64_t Verification::passed() const {
  return static_cast<std::uint64_t>(std::ranges::count_if(steps, &StepVerification::passed));
}

}  // namespace migrate::core::rehearsal
