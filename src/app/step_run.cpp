#include "step_run.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "core/mark.h"
#include "core/user_variables.h"
#include "record.h"
#include "sent_again.h"
#include "step_records.h"
#include "witnesses.h"

namespace migrate::app {
namespace {

/// Of a file, in bytes; in a packet it takes twice that, beside the longest of its statements.
constexpr std::uint64_t most_text = std::uint64_t{1} << 20;

/// Commits what the end of this part leaves open.
void end_transaction(const core::UnitPart& part, core::Packet& packet) {
  if (part.closes && part.kind == core::UnitKind::transaction)
    packet.emplace_back(core::CommitTransaction{part.locks});
  // Not left to the next statement: where the server cannot read that, it commits nothing.
  if (part.closes && part.closed_by_next) packet.emplace_back(core::CommitTransaction{});
  // The last of them has committed; the session gets its autocommit back.
  const bool switched =
      part.kind == core::UnitKind::statement && part.locks == core::TableLocks::held;
  if (switched) packet.emplace_back(core::CommitTransaction{part.locks});
  if (part.unlocks) {
    // Of what was locked only the history's tables are left; beginning a transaction releases them.
    packet.emplace_back(core::BeginTransaction{});
    packet.emplace_back(core::CommitTransaction{});
  }
}

}  // namespace

StepRun::StepRun(const core::PlannedStep& planned, LockedSessions& sessions,
                 port::StepSource& steps, port::EventSink& events, port::Cancellation& cancellation,
                 const port::Clock& clock, const RunBoundaries& boundaries, LockRetries& retries,
                 const OnlineAlters& online, std::vector<core::JournalWrite>& ends)
    : planned_(planned),
      script_(planned.script),
      sessions_(sessions),
      steps_(steps),
      events_(events),
      cancellation_(cancellation),
      boundaries_(boundaries),
      one_transaction_(core::runs_in_one_transaction(script_)),
      stopwatch_(clock),
      retries_(retries),
      online_(online),
      ends_(ends),
      through_(planned.first_statement - 1) {}

/// What the next transaction records beside its own.
void StepRun::carry_opening() {
  if (opened_) return;
  opened_ = true;
  if (planned_.reason == core::Reason::turned_back) {
    carried_.emplace_back(
        core::journal::TurnedBack{.id = planned_.step.id, .skipped = std::move(skipped_)});
  } else {
    keep_text();
    carried_.emplace_back(opened(planned_));
  }
}

/// What a ddl file was cannot be had from disk once it has changed.
void StepRun::keep_text() {
  if (planned_.step.id.kind != core::StepKind::repeatable) return;
  if (script_.shape.bytes > std::min(most_text, sessions_.work().packet_limit() / 4)) return;
  core::journal::TextKept kept{.id = planned_.step.id, .checksum = planned_.step.up.checksum};
  steps_.read(planned_.step.up, [&kept](std::string_view bytes) { kept.text += bytes; });
  carried_.emplace_back(std::move(kept));
}

core::ExitCode StepRun::run() {
  const auto statements = steps_.open(script_);
  sessions_.work().set_local_infile(script_.directives.local_infile ? port::LocalInfile::allowed
                                                                    : port::LocalInfile::refused);
  core::UnitCutter cutter =
      core::unit_cutter(script_, core::limits_within(sessions_.work().packet_limit()));
  // What the finished statements did to the session is needed by those that follow.
  const core::SessionReplay replay = replay_of_finished();
  const std::set<std::uint64_t> again = replay.statements();
  session_.restore(sessions_.work(), planned_.session);
  while (auto statement = statements->next()) {
    if (statement->index > 1 && statement->index == planned_.session.next) {
      if (auto stop = send_all(cutter.flush())) return *stop;
      session_.restore(sessions_.work(), planned_.session);
    }
    if (!one_transaction_) session_.note_values(statement->statement);
    if (statement->index < planned_.first_statement) {
      if (planned_.reason == core::Reason::turned_back) skipped_.push_back(statement->hash);
      if (!again.contains(statement->index)) continue;
      if (statement->statement.bracket == core::Bracket::locks_tables)
        statement->statement.text = replay.held_locks();
    }
    if (auto stop = push(cutter, std::move(*statement))) return *stop;
  }
  if (auto stop = send_all(cutter.finish())) return *stop;
  return close();
}

core::SessionReplay StepRun::replay_of_finished() {
  core::SessionReplay replay(planned_.session);
  if (planned_.first_statement == 1) return replay;
  const auto statements = steps_.open(script_);
  while (const auto statement = statements->next()) {
    if (statement->index >= planned_.first_statement) break;
    replay.add(*statement);
  }
  return replay;
}

std::optional<core::ExitCode> StepRun::push(core::UnitCutter& cutter,
                                            core::NumberedStatement numbered) {
  core::Statement& statement = numbered.statement;
  statement.mark = core::mark_of(planned_.step.id, planned_.direction, numbered.index);
  // Nothing of what follows; a long file has many of them.
  if (statement.effect == core::Effect::data) return send_all(cutter.push(std::move(numbered)));
  const std::string& schema = session_.current_schema().empty() ? sessions_.work().info().schema
                                                                : session_.current_schema();
  if (const auto alter = online_.take(script_, statement, schema, sessions_.control().schema())) {
    if (auto stop = send_all(cutter.flush())) return stop;
    return run_online(std::move(numbered), *alter);
  }
  session_.follow(statement, sessions_.work());
  const auto prepared = core::prepared_by(statement.text);
  if (auto stop = send_all(cutter.push(std::move(numbered)))) return stop;
  if (!prepared) return std::nullopt;
  // Sent before anything else is read, because its text may be in a variable that changes.
  if (auto stop = send_all(cutter.flush())) return stop;
  session_.add_prepared(*prepared, sessions_.work());
  return std::nullopt;
}

std::optional<core::ExitCode> StepRun::send_all(const std::vector<core::UnitPart>& parts) {
  for (const core::UnitPart& part : parts) {
    if (auto stop = send(part)) return stop;
  }
  return std::nullopt;
}

std::optional<core::ExitCode> StepRun::send(const core::UnitPart& part) {
  if (const auto code = cancellation_.requested()) return stop_before(part, *code);
  if (part.opens) {
    if (const auto found = boundaries_.in_front_of(part.statements))
      return refuse_before(part, *found);
    unit_ = OpenUnit{.first = part.statements.front().index};
  }
  core::Packet packet;
  if (part.opens && part.kind != core::UnitKind::session) begin_unit(part, packet);
  for (const core::NumberedStatement& statement : part.statements) {
    const bool commits = part.kind == core::UnitKind::file_transaction && part.closes &&
                         !part.closed_by_next && &statement == &part.statements.back();
    if (commits) end_unit(part, packet);
    // A CALL may commit the file's transaction. Then this goes with it, and says that the unit is
    // no longer all or nothing.
    const bool may_commit = part.kind == core::UnitKind::file_transaction &&
                            statement.statement.effect == core::Effect::data &&
                            statement.statement.travel == core::Travel::alone;
    if (may_commit)
      packet.emplace_back(core::JournalWrite(intended(part, core::UnitKind::statement)));
    packet.emplace_back(statement.statement);
    unit_.assigns =
        unit_.assigns ||
        !core::user_variables(core::text_that_runs(statement.statement)).assigned.empty();
  }
  if (part.closes && (part.kind == core::UnitKind::transaction || part.closed_by_next))
    end_unit(part, packet);
  end_transaction(part, packet);
  // What it assigned can be told only now: in front of the next unit SETs may have changed it.
  const bool tells = part.closes && !part.closed_by_next && unit_.assigns &&
                     part.kind != core::UnitKind::session &&
                     part.kind != core::UnitKind::transaction;
  if (tells) {
    packet.emplace_back(core::BeginTransaction{part.locks});
    record_done(part, packet);
    packet.emplace_back(core::CommitTransaction{part.locks});
  }
  if (auto stop = send_packet(part, std::move(packet))) return stop;

  if (part.closes && part.kind != core::UnitKind::session) {
    // Not before: until the unit ends, a rollback may take along what rode with it.
    ends_.clear();
    carried_.clear();
    through_ = part.statements.back().index;
    // A file's transaction may have ended in ROLLBACK, and taken the word that it is done along.
    if (part.kind != core::UnitKind::transaction) {
      carried_.emplace_back(done(unit_.hashes));
    }
  }
  return std::nullopt;
}

void StepRun::begin_unit(const core::UnitPart& part, core::Packet& packet) {
  carry_opening();
  packet.emplace_back(core::BeginTransaction{part.locks});
  for (const core::JournalWrite& write : ends_) packet.emplace_back(write);
  for (const core::JournalWrite& write : carried_) packet.emplace_back(write);
  core::journal::Intended intent = intended(part, part.kind);
  if (part.kind == core::UnitKind::statement) {
    // Under LOCK TABLES a session can look only at what it has locked, and the other may have to
    // wait for that: behind an ALTER TABLE … DISABLE KEYS it does.
    port::Schema& elsewhere = sessions_.control().schema();
    intent.witnesses =
        part.locks == core::TableLocks::held
            ? witnesses_of(part, session_.current_schema(), session_.rehearsals(),
                           sessions_.work().schema(), &elsewhere)
            : witnesses_of(part, session_.current_schema(), session_.rehearsals(), elsewhere);
    if (need_binary_log(intent.witnesses))
      intent.log_position = sessions_.work().binary_log().end();
  }
  packet.emplace_back(core::JournalWrite(std::move(intent)));
  // A transaction that becomes durable has them behind it.
  if (part.kind != core::UnitKind::transaction) keep_values(unit_.first, packet);
  // The file's own transaction may end in ROLLBACK.
  if (part.kind == core::UnitKind::file_transaction)
    packet.emplace_back(core::CommitTransaction{part.locks});
}

/// Records the unit as done in the transaction that makes its statements durable.
void StepRun::end_unit(const core::UnitPart& part, core::Packet& packet) {
  if (one_transaction_) {
    packet.emplace_back(core::JournalWrite(
        core::journal::StepClosed{.id = planned_.step.id, .direction = planned_.direction}));
    closed_ = true;
  } else {
    record_done(part, packet);
  }
}

void StepRun::record_done(const core::UnitPart& part, core::Packet& packet) const {
  std::vector<std::string> hashes = unit_.hashes;
  for (const core::NumberedStatement& statement : part.statements) hashes.push_back(statement.hash);
  packet.emplace_back(core::JournalWrite(done(std::move(hashes))));
  keep_values(part.statements.back().index + 1, packet);
}

void StepRun::keep_values(std::uint64_t next, core::Packet& packet) const {
  auto variables = session_.kept_variables();
  if (!variables) return;
  packet.emplace_back(
      core::JournalWrite(core::journal::ValuesKept{.id = planned_.step.id,
                                                   .first = unit_.first,
                                                   .next = next,
                                                   .variables = *std::move(variables)}));
}

/// A statement that must travel alone gets a packet of its own.
std::optional<core::ExitCode> StepRun::send_packet(const core::UnitPart& part,
                                                   core::Packet packet) {
  core::Packet together;
  for (core::PacketItem& item : packet) {
    const auto* statement = std::get_if<core::Statement>(&item);
    const bool alone = statement != nullptr && statement->travel == core::Travel::alone;
    if (alone && !together.empty()) {
      if (auto stop = send_items(part, std::exchange(together, {}))) return stop;
    }
    together.push_back(std::move(item));
    if (alone) {
      if (auto stop = send_items(part, std::exchange(together, {}))) return stop;
    }
  }
  if (together.empty()) return std::nullopt;
  return send_items(part, together);
}

std::optional<core::ExitCode> StepRun::send_items(const core::UnitPart& part,
                                                  const core::Packet& items) {
  const std::uint64_t part_first = part.statements.front().index;
  const auto next_statement = [&]() -> const core::NumberedStatement* {
    const std::uint64_t sent = unit_.done + unit_.first - part_first;
    return sent < part.statements.size() ? &part.statements[sent] : nullptr;
  };
  const bool runs_statements = std::ranges::any_of(items, [](const core::PacketItem& item) {
    return std::holds_alternative<core::Statement>(item);
  });
  if (runs_statements) announce(*next_statement());
  const auto on_result = [&](const core::ItemResult& result) {
    if (result.error) return;
    session_.changed(result.session_changed);
    if (!std::holds_alternative<core::Statement>(items[result.item])) return;
    const core::NumberedStatement* statement = next_statement();
    ++unit_.done;
    // The server's word, whatever the statement was: CALL may commit what others opened.
    if (!result.in_transaction) unit_.durable = unit_.done;
    if (!one_transaction_) unit_.hashes.push_back(statement->hash);
    events_.on(core::event::StatementDone{.index = statement->index,
                                          .affected_rows = result.affected_rows,
                                          .warnings = result.warnings,
                                          .duration_us = result.duration_us});
    if (const auto* next = next_statement()) announce(*next);
  };
  const auto outcome =
      runs_statements ? retries_.run(items, {.on_result = on_result,
                                             .failure = [&] { return lock_failure(part, items); },
                                             .from_the_start =
                                                 [&] {
                                                   unit_.done = 0;
                                                   unit_.hashes.clear();
                                                   announce(*next_statement());
                                                 }})
                      : sessions_.work().run(items, on_result);
  switch (outcome.end) {
    case core::PacketOutcome::End::complete:
      break;
    case core::PacketOutcome::End::failed:
      // A signal's KILL QUERY may hit one of the journal's own writes.
      if (std::holds_alternative<core::JournalWrite>(items[outcome.failed_item]) &&
          !cancellation_.requested()) {
        throw unwritten(planned_, in_flight(part), history_unwritten(outcome));
      }
      return fail(part, outcome.error);
    case core::PacketOutcome::End::lost:
      return lose(part, outcome.error);
  }
  return std::nullopt;
}

LockFailure StepRun::lock_failure(const core::UnitPart& part, const core::Packet& items) const {
  LockFailure failure{
      .index = in_flight(part).index,
      .again = sent_again(part, items, {.done = unit_.done, .assigns = unit_.assigns})};
  if (part.kind == core::UnitKind::statement && failure.again != Again::never)
    failure.tables = objects_named_by(part, session_.current_schema());
  return failure;
}

std::vector<std::string> StepRun::durable_hashes() const {
  if (!one_transaction_) {
    const auto begin = unit_.hashes.begin();
    return {begin, begin + static_cast<std::ptrdiff_t>(unit_.durable)};
  }
  std::vector<std::string> hashes;
  const auto statements = steps_.open(script_);
  while (hashes.size() < unit_.durable) {
    auto statement = statements->next();
    if (!statement) break;
    if (statement->index >= unit_.first) hashes.push_back(std::move(statement->hash));
  }
  return hashes;
}

/// What the history must say of the unit under way, now that what was open is rolled back.
std::vector<core::JournalWrite> StepRun::remains_of_unit(const core::UnitPart& part) {
  carry_opening();
  std::vector<core::JournalWrite> writes = std::exchange(carried_, {});
  if (part.kind != core::UnitKind::session && unit_.durable > 0) {
    through_ = unit_.first + unit_.durable - 1;
    const std::vector<std::string> hashes = durable_hashes();
    writes.emplace_back(opened(planned_));
    writes.emplace_back(core::journal::Intended{.id = planned_.step.id,
                                                .direction = planned_.direction,
                                                .unit = part.kind,
                                                .first = unit_.first,
                                                .hashes = hashes});
    writes.emplace_back(done(hashes));
  } else {
    writes.emplace_back(core::journal::Withdrawn{
        .id = planned_.step.id, .direction = planned_.direction, .first = unit_.first});
  }
  if (through_ == 0) {
    writes = {
        core::journal::StepAbandoned{.id = planned_.step.id, .direction = planned_.direction}};
  }
  // They may have been rolled back with it.
  writes.insert(writes.begin(), ends_.begin(), ends_.end());
  return writes;
}

/// The statement that was sent last: the server refused it, or never answered.
const core::NumberedStatement& StepRun::in_flight(const core::UnitPart& part) const {
  const std::uint64_t done_of_part = unit_.done + unit_.first - part.statements.front().index;
  return part.statements[std::min<std::uint64_t>(done_of_part, part.statements.size() - 1)];
}

core::ExitCode StepRun::fail(const core::UnitPart& part, const core::ServerError& error) {
  const core::NumberedStatement& statement = in_flight(part);

  // Rolls back what is open, releases table locks.
  sessions_.reset_work();

  std::vector<core::JournalWrite> writes = remains_of_unit(part);

  core::event::StepFailed failed = failure_at(planned_, statement, through_);
  failed.error = error;
  failed.rolled_back = one_transaction_ && through_ == 0;
  failed.cancelled = cancellation_.requested().has_value();
  writes.emplace_back(logged(failed, stopwatch_.elapsed_us()));
  record_failure(sessions_.work(), planned_, statement, failed, writes);
  ends_.clear();
  events_.on(failed);
  return cancellation_.requested().value_or(core::ExitCode::statement_failed);
}

core::ExitCode StepRun::lose(const core::UnitPart& part, const core::ServerError& error) {
  core::event::StepFailed failed = failure_at(planned_, in_flight(part), through_);
  failed.error = error;
  lost_ = std::move(failed);
  return core::ExitCode::unavailable;
}

core::event::StepFailed StepRun::record_stop(const core::UnitPart& part, const std::string& why) {
  const core::NumberedStatement& next = part.statements.front();
  sessions_.reset_work();
  // A new unit has not begun; one that goes on may have left something.
  if (part.opens) unit_ = OpenUnit{.first = next.index};
  std::vector<core::JournalWrite> writes = remains_of_unit(part);
  core::event::StepFailed stopped = failure_at(planned_, next, through_);
  stopped.cancelled = true;
  stopped.rolled_back = one_transaction_ && through_ == 0;
  writes.emplace_back(core::journal::Logged{.event = "stopped",
                                            .step = planned_.step.id,
                                            .step_name = planned_.step.name,
                                            .statement = next.index,
                                            .duration_us = stopwatch_.elapsed_us(),
                                            .message = why});
  record(sessions_.work(), writes);
  ends_.clear();
  return stopped;
}

core::ExitCode StepRun::stop_before(const core::UnitPart& part, core::ExitCode code) {
  events_.on(record_stop(part, "a signal stopped the run before this statement"));
  return code;
}

core::ExitCode StepRun::refuse_before(const core::UnitPart& part,
                                      const RunBoundary::InTheWay& found) {
  record_stop(part, found.reason);
  const core::NumberedStatement& next = part.statements.front();
  refusal_ = {.reason = fmt::format("{}:{}: stopped in front of statement {} of {}: {}",
                                    script_.path, next.statement.position.line, next.index,
                                    script_.shape.statements(), found.reason),
              .way_out = found.way_out};
  return core::ExitCode::refused;
}

core::ExitCode StepRun::close() {
  // No step sees another's variables, temporary tables, locks or current schema. First of all: the
  // connection may be lost in it, and then the step has not ended.
  const bool touched = session_.is_changed() || script_.shape.session_statements > 0;
  if (touched || script_.shape.locks_tables) sessions_.reset_work();
  if (!closed_) carry_end();
  return core::ExitCode::done;
}

/// Recorded in the next transaction, whichever step that is of.
void StepRun::carry_end() {
  carry_opening();  // nothing of it may have had to be journaled
  for (core::JournalWrite& write : carried_) {
    // A text of such a step may not fit beside a statement of the next one.
    const bool left_out = std::holds_alternative<core::journal::Done>(write) ||
                          std::holds_alternative<core::journal::TextKept>(write);
    if (!left_out) ends_.push_back(std::move(write));
  }
  carried_.clear();
  ends_.emplace_back(core::journal::StepClosed{.id = planned_.step.id,
                                               .direction = planned_.direction,
                                               .duration_us = stopwatch_.elapsed_us()});
}

void StepRun::announce(const core::NumberedStatement& statement) {
  events_.on(core::event::StatementStarted{
      .index = statement.index,
      .total = script_.shape.statements(),
      .position = statement.statement.position,
      .text = statement.statement.text.substr(0, core::started_text_bytes)});
}

core::journal::Intended StepRun::intended(const core::UnitPart& part, core::UnitKind kind) const {
  core::journal::Intended intended{.id = planned_.step.id,
                                   .direction = planned_.direction,
                                   .unit = kind,
                                   .first = unit_.first,
                                   .hashes = unit_.hashes};
  for (const core::NumberedStatement& statement : part.statements) {
    if (statement.index >= unit_.first + unit_.done) intended.hashes.push_back(statement.hash);
  }
  return intended;
}

core::journal::Done StepRun::done(std::vector<std::string> hashes) const {
  return {.id = planned_.step.id,
          .direction = planned_.direction,
          .first = unit_.first,
          .hashes = std::move(hashes)};
}

}  // namespace migrate::app
