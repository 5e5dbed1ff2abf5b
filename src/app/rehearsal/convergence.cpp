#include "convergence.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/planning.h"
#include "core/schema/difference.h"
#include "culprit.h"
#include "findings.h"

namespace migrate::app {

using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::StepVerification;

Convergence::Convergence(const RehearsalPorts& ports, const VerifyRequest& request)
    : ports_(ports), request_(request) {
  if (request.previous != nullptr) previous_ = load_catalog(*request.previous).repeatable;
}

void Convergence::prove(const core::Step& step, const core::schema::Schema& now,
                        StepVerification& verification) {
  if (request_.ground.is_empty() && request_.previous == nullptr) {
    verification.notes.emplace_back(
        "what it makes of the shape that it had before is not tried: give that with --from or "
        "--previous");
    return;
  }
  if (!apply_on_nothing(step, verification)) return;
  verification.proofs[Proof::converges] = ProofState::proven;
  const bool same = request_.ground.is_empty() ||
                    compare_with_nothing(step, now, request_.ground.words, verification);
  if (same && request_.previous != nullptr) prove_on_previous(step, verification);
}

bool Convergence::apply_on_nothing(const core::Step& step, StepVerification& verification) {
  if (!nothing_) nothing_ = std::make_unique<Stage>(ports_, Ground{}, ports_.steps);
  steps_.push_back(step);
  nothing_->steps().add(step);
  const StageRun run = nothing_->up();
  if (run.succeeded()) return true;
  verification.notes.push_back(fmt::format(
      "it cannot be applied to an empty schema, so it is not known what it should converge to: {}",
      run.failures.empty() ? std::string("it is refused") : run.failures.back().error.message));
  return false;
}

/// Of what it makes of nothing, each object must be there in the same form; others may be there.
bool Convergence::compare_with_nothing(const core::Step& step, const core::schema::Schema& now,
                                       const std::string& shape, StepVerification& verification) {
  core::schema::Schema expected = nothing_->schema();
  expected.charset = now.charset;
  expected.collation = now.collation;
  auto differences = core::schema::differences(expected, now);
  std::erase_if(differences, [](const core::schema::Difference& difference) {
    return difference.kind == core::schema::Difference::Kind::unexpected;
  });
  if (differences.empty()) return true;
  core::rehearsal::Finding finding{
      .proof = Proof::converges,
      .message = fmt::format("on {} it leaves another shape than on an empty schema", shape)};
  finding.place = culprit(step.up, ports_.steps, differences);
  finding.differences = std::move(differences);
  add(verification, std::move(finding));
  return false;
}

void Convergence::prove_on_previous(const core::Step& step, StepVerification& verification) {
  const auto before = std::ranges::find(previous_, step.id, &core::Step::id);
  if (before == previous_.end()) return;                // it is new
  if (before->up.checksum == step.up.checksum) return;  // and so it was applied twice
  Stage stage(ports_, Ground{}, *request_.previous);
  for (const core::Step& previous : previous_) {
    if (previous.id <= step.id) stage.steps().add(previous);
  }
  if (const StageRun run = stage.up(); !run.succeeded()) {
    verification.notes.push_back(
        fmt::format("{} cannot be applied, so nothing is known of it", before->up.path));
    return;
  }
  stage.use(ports_.steps);
  for (const core::Step& own : steps_) stage.steps().add(own);
  if (const StageRun run = stage.up(); !run.succeeded()) {
    add(verification,
        failed(Proof::converges,
               fmt::format("it cannot be applied to what {} made", before->up.path), run));
    return;
  }
  compare_with_nothing(step, stage.schema(), "what " + before->up.path + " made", verification);
}

}  // namespace migrate::app
