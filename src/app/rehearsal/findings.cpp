#include "findings.h"

#include <utility>

#include "core/schema/difference.h"
#include "culprit.h"

namespace migrate::app {

using core::rehearsal::Finding;
using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::StepVerification;

Finding failed(Proof proof, const std::string& message, const StageRun& run) {
  Finding finding{.proof = proof, .message = message};
  if (!run.failures.empty()) {
    const core::event::StepFailed& failure = run.failures.back();
    finding.error = failure.error;
    finding.place = core::rehearsal::Place{.path = failure.path,
                                           .position = failure.position,
                                           .statement = failure.index,
                                           .text = failure.statement};
  } else if (run.refusal) {
    finding.message += ": " + run.refusal->reason;
  }
  return finding;
}

void add(StepVerification& verification, Finding finding) {
  verification.proofs[finding.proof] = ProofState::failed;
  verification.findings.push_back(std::move(finding));
}

bool compare(StepVerification& verification, Proof proof, const std::string& message,
             const core::schema::Schema& expected, const core::schema::Schema& found,
             const core::ScriptFile& made_by, port::StepSource& steps) {
  auto differences = core::schema::differences(expected, found);
  if (differences.empty()) {
    verification.proofs[proof] = ProofState::proven;
    return true;
  }
  Finding finding{.proof = proof, .message = message};
  finding.place = culprit(made_by, steps, differences);
  finding.differences = std::move(differences);
  add(verification, std::move(finding));
  return false;
}

}  // namespace migrate::app
