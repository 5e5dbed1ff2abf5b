#include "app/runner.h"

#include <algorithm>
#include <utility>

#include "core/fault.h"
#include "core/last_changes.h"
#include "core/step_group.h"
#include "core/unit.h"
#include "group_ahead.h"
#include "group_run.h"
#include "hooks_of_run.h"
#include "lock_retries.h"
#include "online_alters.h"
#include "record.h"
#include "step_run.h"
#include "step_telling.h"
#include "stopwatch.h"

namespace migrate::app {

Runner::Runner(LockedSessions& sessions, port::StepSource& steps, port::EventSink& events,
               port::Cancellation& cancellation, const port::Clock& clock,
               const RunBoundaries& boundaries, const LockPatience& patience, HooksOfRun& hooks,
               const OnlineAlters& online, SchemaKeeping& keeping, port::Background& background)
    : sessions_(sessions),
      steps_(steps),
      events_(events),
      cancellation_(cancellation),
      clock_(clock),
      boundaries_(boundaries),
      hooks_(hooks),
      online_(online),
      keeping_(keeping),
      background_(background),
      retries_(std::make_unique<LockRetries>(sessions, events, cancellation, clock, patience)),
      telling_(std::make_unique<StepTelling>(events)) {}

Runner::~Runner() = default;

core::ExitCode Runner::run(const core::Plan& plan, std::size_t before) {
  steps_ended_ = 0;
  ends_.clear();
  lost_.reset();
  try {
    const core::ExitCode code = run_steps(plan, before);
    if (code != core::ExitCode::unavailable) record_ends();
    if (code != core::ExitCode::done) return code;
  } catch (const core::Fault& fault) {
    if (fault.code() != core::ExitCode::unavailable) record_ends();
    throw;
  }
  const auto signalled = cancellation_.requested();
  if (signalled) {
    events_.on(core::event::Warned{
        "the signal came during the last statement, which succeeded: everything is done"});
  }
  return signalled.value_or(core::ExitCode::done);
}

core::ExitCode Runner::run_steps(const core::Plan& plan, std::size_t before) {
  const core::LastChanges last_changes(plan);
  std::size_t looked_behind = 0;
  GroupAhead ahead(sessions_, keeping_, background_, ends_);
  core::StepGroup group = group_from(plan, 0);
  for (std::size_t i = 0; i < plan.steps.size();) {
    // A run that is to stop stops in front of one step.
    const bool alone =
        group.steps().size() < 2 || cancellation_.requested() || is_in_the_way_of(group);
    const std::size_t behind = i + (alone ? 1 : group.steps().size());
    if (alone) ahead.give_up();
    const auto meanwhile = [&] {
      ahead.begin(
          group, [this, &plan, behind] { return group_ahead(plan, behind); },
          last_changes.settled(std::exchange(looked_behind, i), i));
    };
    const std::size_t number = before + i + 1;
    const core::ExitCode code =
        alone ? run_one(plan.steps[i], number) : run_group(group, number, ahead, meanwhile);
    if (code != core::ExitCode::done) return code;
    std::optional<core::StepGroup> next = ahead.take_group();
    group = next ? *std::move(next) : group_from(plan, behind);
    i = behind;
  }
  return core::ExitCode::done;
}

bool Runner::is_in_the_way_of(const core::StepGroup& group) const {
  return std::ranges::any_of(group.steps(), [this](const core::GroupedStep& step) {
    return boundaries_.in_front_of(step.statements).has_value();
  });
}

std::optional<core::StepGroup> Runner::group_ahead(const core::Plan& plan,
                                                   std::size_t first) const {
  try {
    return group_from(plan, first);
  } catch (const core::Fault&) {
    return std::nullopt;
  }
}

core::StepGroup Runner::group_from(const core::Plan& plan, std::size_t first) const {
  const core::UnitLimits limits = core::limits_within(sessions_.work().packet_limit());
  core::StepGroup group(limits);
  if (hooks_.are_around_steps()) return group;
  for (std::size_t i = first; i < plan.steps.size(); ++i) {
    const core::PlannedStep& planned = plan.steps[i];
    if (!core::may_be_grouped(planned, limits)) break;
    std::vector<core::NumberedStatement> statements;
    const auto stream = steps_.open(planned.step.up);
    while (auto statement = stream->next()) statements.push_back(std::move(*statement));
    const bool online = std::ranges::any_of(statements, [&](const auto& statement) {
      return online_.may_take(planned.script, statement.statement);
    });
    if (online) break;
    if (!group.add(planned, std::move(statements))) break;
  }
  return group;
}

core::ExitCode Runner::run_one(const core::PlannedStep& planned, std::size_t number) {
  if (auto refusal = hooks_.before_step(planned, number)) {
    refusal_ = *std::move(refusal);
    return core::ExitCode::refused;
  }
  if (hooks_.are_around_steps()) record_ends();
  telling_->started(planned, number);
  const Stopwatch stopwatch(clock_);
  StepRun step(planned, sessions_, steps_, events_, cancellation_, clock_, boundaries_, *retries_,
               online_, ends_);
  const core::ExitCode code = step.run();
  if (code == core::ExitCode::refused) refusal_ = step.refusal();
  if (code == core::ExitCode::unavailable) lost_ = step.lost();
  if (code != core::ExitCode::done) return code;
  ++steps_ended_;
  const std::uint64_t took_us = stopwatch.elapsed_us();
  // The hook behind it may look at the history.
  if (hooks_.are_around_steps()) record_ends();
  telling_->done(planned, number, took_us);
  hooks_.after_step(planned, number);
  return code;
}

core::ExitCode Runner::run_group(const core::StepGroup& group, std::size_t first_number,
                                 GroupAhead& ahead, const std::function<void()>& meanwhile) {
  GroupRun run(group, first_number, sessions_, events_, *telling_, cancellation_, *retries_, ends_,
               ahead);
  const core::ExitCode code = run.run(meanwhile);
  steps_ended_ += run.steps_ended();
  if (code == core::ExitCode::unavailable) lost_ = run.lost();
  return code;
}

std::size_t Runner::steps_done() const {
  const auto waiting = std::ranges::count_if(ends_, [](const core::JournalWrite& write) {
    return std::holds_alternative<core::journal::StepClosed>(write);
  });
  return steps_ended_ - static_cast<std::size_t>(waiting);
}

std::size_t Runner::tell_done(const core::Plan& plan, std::size_t before, const core::Plan& left) {
  const std::size_t done = plan.steps.size() - left.steps.size();
  for (std::size_t i = 0; i < done; ++i) {
    telling_->done(plan.steps[i], before + i + 1, 0);
    hooks_.after_step(plan.steps[i], before + i + 1);
  }
  return done;
}

void Runner::record_ends() {
  std::vector<core::JournalWrite> writes = ends_;
  writes.insert(writes.end(), hooks_.records().begin(), hooks_.records().end());
  if (writes.empty()) return;
  record(sessions_.work(), writes);
  ends_.clear();
  hooks_.take_records();
}

}  // namespace migrate::app
