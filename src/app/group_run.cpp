#include "group_run.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/mark.h"
#include "group_records.h"
#include "record.h"
#include "step_records.h"
#include "witnesses.h"

namespace migrate::app {

GroupRun::GroupRun(const core::StepGroup& group, std::size_t first_number, LockedSessions& sessions,
                   port::EventSink& events, StepTelling& telling, port::Cancellation& cancellation,
                   LockRetries& retries, std::vector<core::JournalWrite>& ends, GroupAhead& ahead)
    : group_(group),
      first_number_(first_number),
      sessions_(sessions),
      events_(events),
      telling_(telling),
      cancellation_(cancellation),
      retries_(retries),
      ends_(ends),
      ahead_(ahead),
      has_begun_(ahead.take_beginning()) {}

core::ExitCode GroupRun::run(const std::function<void()>& meanwhile) {
  using End = core::PacketOutcome::End;
  sessions_.work().set_local_infile(port::LocalInfile::refused);
  const core::Packet items = packet();
  begin_statement();
  const auto on_result = [&](const core::ItemResult& result) {
    if (result.error || !std::holds_alternative<core::Statement>(items[result.item])) return;
    const bool first = at_ == 0 && done_ == 0;
    // It has committed what was in front of it.
    if (first && !has_begun_) ends_.clear();
    end_statement(result);
    if (first) meanwhile();
  };
  const auto outcome =
      retries_.run(items, {.on_result = on_result,
                           .failure =
                               [&] {
                                 // Who is in the way is asked over the control connection.
                                 ahead_.settle();
                                 return LockFailure{.index = in_flight().index,
                                                    .tables = objects_named_by(group_.unit(), ""),
                                                    .again = Again::from_there};
                               },
                           .from_the_start = {}});
  if (outcome.end == End::lost) {
    lost_ = failure();
    lost_.error = outcome.error;
    ends_.insert(ends_.end(), own_ends_.begin(), own_ends_.end());  // no more than the others
    return core::ExitCode::unavailable;
  }
  if (outcome.end == End::failed) {
    // A signal's KILL QUERY may hit one of the journal's own writes.
    const bool journal = std::holds_alternative<core::JournalWrite>(items[outcome.failed_item]);
    if (journal && !cancellation_.requested())
      throw unwritten(*step().planned, in_flight(), history_unwritten(outcome));
    return fail(outcome.error);
  }
  // First: a connection may be lost in it, and then none of the steps has ended.
  if (session_changed_) sessions_.reset_work();
  ahead_.settle();
  ends_.insert(ends_.end(), own_ends_.begin(), own_ends_.end());
  return core::ExitCode::done;
}

core::Packet GroupRun::packet() {
  core::Packet packet;
  if (!has_begun_) packet = beginning_of_packet();
  for (const core::GroupedStep& step : group_.steps()) {
    const core::PlannedStep& planned = *step.planned;
    for (const core::NumberedStatement& numbered : step.statements) {
      core::Statement statement = numbered.statement;
      statement.mark = core::mark_of(planned.step.id, planned.direction, numbered.index);
      packet.emplace_back(std::move(statement));
    }
  }
  return packet;
}

core::Packet GroupRun::beginning_of_packet() {
  std::vector<core::Witness> witnesses = witnesses_of(group_, sessions_.control().schema());
  core::LogPosition log_position;
  if (need_binary_log(witnesses)) log_position = sessions_.work().binary_log().end();
  core::Packet packet{core::BeginTransaction{}};
  packet.insert(packet.end(), ends_.begin(), ends_.end());
  std::ranges::move(beginning(group_, std::move(witnesses), log_position),
                    std::back_inserter(packet));
  return packet;
}

void GroupRun::begin_statement() {
  if (done_ == 0) telling_.started(*step().planned, first_number_ + at_);
  const core::NumberedStatement& numbered = in_flight();
  events_.on(core::event::StatementStarted{
      .index = numbered.index,
      .total = step().statements.size(),
      .position = numbered.statement.position,
      .text = numbered.statement.text.substr(0, core::started_text_bytes)});
}

void GroupRun::end_statement(const core::ItemResult& result) {
  session_changed_ = session_changed_ || result.session_changed;
  events_.on(core::event::StatementDone{.index = in_flight().index,
                                        .affected_rows = result.affected_rows,
                                        .warnings = result.warnings,
                                        .duration_us = result.duration_us});
  took_us_ += result.duration_us;
  ++done_;
  if (done_ == step().statements.size()) {
    const core::PlannedStep& ended = *step().planned;
    own_ends_.emplace_back(core::journal::StepClosed{.id = ended.step.id, .duration_us = took_us_});
    telling_.done(ended, first_number_ + at_, took_us_);
    ++at_;
    done_ = 0;
    took_us_ = 0;
  }
  if (at_ < group_.steps().size()) begin_statement();
}

const core::NumberedStatement& GroupRun::in_flight() const {
  return step().statements[done_];
}

core::event::StepFailed GroupRun::failure() const {
  return failure_at(*step().planned, in_flight(), done_);
}

core::ExitCode GroupRun::fail(const core::ServerError& error) {
  sessions_.reset_work();
  core::event::StepFailed failed = failure();
  failed.error = error;
  failed.cancelled = cancellation_.requested().has_value();

  ahead_.give_up();
  // Whether the server had committed anything when it refused the first statement is not known.
  std::vector<core::JournalWrite> writes = ends_;
  writes.insert(writes.end(), own_ends_.begin(), own_ends_.end());
  for (std::size_t i = at_; i < group_.steps().size(); ++i) {
    const core::GroupedStep& one = group_.steps()[i];
    const core::StepId& id = one.planned->step.id;
    if (i > at_ || done_ == 0) {
      writes.emplace_back(core::journal::StepAbandoned{.id = id});
      continue;
    }
    const std::vector<std::string> done = hashes(one, done_);
    writes.emplace_back(core::journal::Intended{.id = id, .hashes = done});
    writes.emplace_back(core::journal::Done{.id = id, .hashes = done});
  }
  writes.emplace_back(logged(failed, took_us_));
  record_failure(sessions_.work(), *step().planned, in_flight(), failed, writes);
  ends_.clear();
  events_.on(failed);
  return cancellation_.requested().value_or(core::ExitCode::statement_failed);
}

}  // namespace migrate::app
