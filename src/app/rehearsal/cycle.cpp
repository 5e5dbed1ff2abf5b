#include "cycle.h"

#include <functional>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/rehearsal/row_digest.h"
#include "culprit.h"
#include "findings.h"
#include "refused_rows.h"

namespace migrate::app {

using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::StepVerification;

namespace {

bool is_stepwise(const core::Step& step) {
  return step.down && (step.up.directives.stepwise || step.down->directives.stepwise);
}

}  // namespace

Cycle::Cycle(const RehearsalPorts& ports, const VerifyRequest& request)
    : ports_(ports), request_(request) {
  begin_anew();
}

/// With all that was applied so far.
void Cycle::begin_anew() {
  stage_.reset();
  stage_ = std::make_unique<Stage>(ports_, request_.ground, ports_.steps);
  filling_ = std::make_unique<Filling>(request_);
  for (const core::Step& step : applied_) {
    fill();
    stage_->steps().add(step);
    if (!stage_->up().succeeded()) {
      throw core::Fault(core::ExitCode::internal,
                        fmt::format("{} could be applied before, and cannot be applied again on a "
                                    "fresh schema",
                                    core::display_name(step.id, step.name)),
                        "this may be a defect of migrate, or a step that does not do the same each "
                        "time; rehearse it alone");
    }
  }
}

void Cycle::fill() {
  if (request_.rows > 0) filling_->fill(*stage_, stage_->schema());
}

/// Where rows were made up, it also says what real ones would do.
core::rehearsal::Finding Cycle::failure(Proof proof, const std::string& message,
                                        const StageRun& run) {
  core::rehearsal::Finding finding = failed(proof, message, run);
  if (request_.rows > 0 && finding.error && finding.place)
    finding.causes = refused_rows(finding.place->text, *finding.error, stage_->schema());
  return finding;
}

bool Cycle::apply(const core::Step& step, StepVerification& verification) {
  fill();
  upwards_.reset();
  stage_->steps().add(step);
  return go_up(step, verification);
}

bool Cycle::go_up(const core::Step& step, StepVerification& verification) {
  const StageRun run = upwards_ ? stage_->up(*upwards_, step.up) : stage_->up();
  if (!run.succeeded()) {
    add(verification, failure(Proof::up, "it cannot be applied", run));
    return false;
  }
  applied_.push_back(step);
  verification.proofs[Proof::up] = ProofState::proven;
  return true;
}

bool Cycle::prove(const core::Step& step, StepVerification& verification) {
  fill();
  before_ = stage_->schema();
  stage_->steps().add(step);
  upwards_.reset();
  downwards_.reset();
  if (is_stepwise(step)) upwards_.emplace(stage_->trail(step.up));
  if (!go_up(step, verification)) return false;
  after_ = stage_->schema();
  if (step.id.kind == core::StepKind::versioned) {
    verification.proofs[Proof::idempotent] = ProofState::not_applicable;
    verification.proofs[Proof::converges] = ProofState::not_applicable;
    prove_way_back(step, verification);
    return true;
  }
  for (const Proof proof : {Proof::down, Proof::up_again, Proof::stepwise})
    verification.proofs[proof] = ProofState::not_applicable;
  if (!prove_idempotent(step, verification)) begin_anew();
  return true;
}

void Cycle::prove_way_back(const core::Step& step, StepVerification& verification) {
  const bool stepwise = is_stepwise(step);
  if (!stepwise) verification.proofs[Proof::stepwise] = ProofState::not_applicable;
  if (!step.down) {
    verification.proofs[Proof::down] = ProofState::not_applicable;
    verification.proofs[Proof::up_again] = ProofState::not_applicable;
    verification.notes.emplace_back("it has no down file: nothing proves that it can be undone");
    return;
  }
  const bool back = prove_down(step, verification) &&
                    (!stepwise || prove_stepwise(step, verification)) &&
                    prove_up_again(step, verification);
  if (!back) begin_anew();
}

bool Cycle::prove_down(const core::Step& step, StepVerification& verification) {
  if (is_stepwise(step)) downwards_.emplace(stage_->trail(*step.down));
  const StageRun run = downwards_ ? stage_->down(*downwards_, *step.down) : stage_->down();
  if (!run.succeeded()) {
    add(verification, failure(Proof::down, "it cannot be undone", run));
    return false;
  }
  return compare(verification, Proof::down,
                 "its down file does not bring the schema back to what it was", before_,
                 stage_->schema(), step.up, ports_.steps);
}

bool Cycle::prove_stepwise(const core::Step& step, StepVerification& verification) {
  std::vector<core::Problem> problems;
  const std::uint64_t total = ports_.steps.examine(step.up, problems).shape.statements();
  for (const std::uint64_t statements : uncertain_prefixes(total)) {
    if (!prove_prefix(step, statements, total, verification)) return false;
  }
  verification.proofs[Proof::stepwise] = ProofState::proven;
  return true;
}

/// If the schema is the same in front of the last k statements of the down file as behind the first
/// k of the up file, those undo these. The other k are left to be tried one by one.
std::vector<std::uint64_t> Cycle::uncertain_prefixes(std::uint64_t total) const {
  std::vector<std::uint64_t> uncertain;
  for (std::uint64_t statements = 1; statements < total; ++statements) {
    const auto behind = upwards_->mark_behind(statements);
    const auto in_front = downwards_->mark_behind(total - statements);
    if (!behind || !in_front || *behind != *in_front) uncertain.push_back(statements);
  }
  return uncertain;
}

/// The statement behind the first ones fails, and what ran of the step is undone as `up
/// --on-failure rollback` does it.
bool Cycle::prove_prefix(const core::Step& step, std::uint64_t statements, std::uint64_t total,
                         StepVerification& verification) {
  stage_->steps().fail_at(step.up, statements + 1);
  const StageRun run = stage_->up(core::OnFailure::rollback);
  stage_->steps().fail_nowhere();
  const std::string prefix = statements == 1
                                 ? fmt::format("its first of {} statements", total)
                                 : fmt::format("its first {} of {} statements", statements, total);
  const bool as_meant = !run.failures.empty() &&
                        run.failures.front().direction == core::Direction::up &&
                        run.failures.front().index == statements + 1;
  if (!as_meant || run.failures.size() > 1 || run.refusal) {
    add(verification, failed(Proof::stepwise, fmt::format("{} cannot be undone", prefix), run));
    return false;
  }
  const core::schema::Schema now = stage_->schema();
  if (core::schema::differences(before_, now).empty()) return true;
  return compare(verification, Proof::stepwise,
                 fmt::format("{} {} not undone by the last {} of its down file", prefix,
                             statements == 1 ? "is" : "are", statements),
                 before_, now, step.up, ports_.steps);
}

bool Cycle::prove_up_again(const core::Step& step, StepVerification& verification) {
  const StageRun run = stage_->up();
  if (!run.succeeded()) {
    add(verification, failed(Proof::up_again, "undone, it cannot be applied a second time", run));
    return false;
  }
  return compare(verification, Proof::up_again,
                 "undone and applied again, it leaves another schema than the first time", after_,
                 stage_->schema(), step.up, ports_.steps);
}

bool Cycle::prove_idempotent(const core::Step& step, StepVerification& verification) {
  const auto rows_before = stage_->scratch().facts().digests(after_);
  stage_->steps().pretend_changed(step.id);
  const StageRun run = stage_->up();
  if (!run.succeeded()) {
    add(verification, failed(Proof::idempotent, "applied twice, it fails the second time", run));
    return false;
  }
  constexpr auto message = "applied twice, it changes something the second time";
  const core::schema::Schema twice = stage_->schema();
  if (!compare(verification, Proof::idempotent, message, after_, twice, step.up, ports_.steps))
    return false;
  const auto rows =
      core::rehearsal::row_differences(rows_before, stage_->scratch().facts().digests(twice));
  if (rows.empty()) return true;
  core::rehearsal::Finding finding{.proof = Proof::idempotent, .message = message};
  for (const core::rehearsal::RowDifference& difference : rows)
    finding.rows.push_back(fmt::format("table {}: {}", difference.table, difference.words));
  DataCulprit found = data_culprit(step, ports_.steps, rows);
  finding.place = std::move(found.place);
  finding.causes = std::move(found.causes);
  add(verification, std::move(finding));
  return false;
}

}  // namespace migrate::app
