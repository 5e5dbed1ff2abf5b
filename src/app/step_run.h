#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/guard/run_boundary.h"
#include "app/locked_sessions.h"
#include "core/event.h"
#include "core/exit_code.h"
#include "core/fault.h"
#include "core/packet.h"
#include "core/plan.h"
#include "core/session_replay.h"
#include "core/unit.h"
#include "lock_retries.h"
#include "online_alters.h"
#include "port/cancellation.h"
#include "port/clock.h"
#include "port/event_sink.h"
#include "port/step_source.h"
#include "step_session.h"
#include "stopwatch.h"

namespace migrate::app {

/// The run of one planned step; made for it and thrown away after it. `ends` are those of the steps
/// before it that no transaction has recorded yet: its first one does, and its own end is left
/// there.
class StepRun {
 public:
  StepRun(const core::PlannedStep& planned, LockedSessions& sessions, port::StepSource& steps,
          port::EventSink& events, port::Cancellation& cancellation, const port::Clock& clock,
          const RunBoundaries& boundaries, LockRetries& retries, const OnlineAlters& online,
          std::vector<core::JournalWrite>& ends);

  core::ExitCode run();

  /// Where the connection was lost; for the exit code `unavailable`.
  const core::event::StepFailed& lost() const { return lost_; }
  /// Why it was stopped in front of a unit; for the exit code `refused`.
  const core::Refusal& refusal() const { return refusal_; }

 private:
  /// What is known while a unit is under way, from its first part to its last.
  struct OpenUnit {
    std::uint64_t first = 1;
    std::uint64_t done = 0;           ///< of its statements
    std::vector<std::string> hashes;  ///< of those; not kept for a step that is one transaction
    bool assigns = false;             ///< user variables, other than by SET
    std::uint64_t durable = 0;  ///< the first so many stay: no transaction was open behind them
  };

  /// Which of those in front of the first run again.
  core::SessionReplay replay_of_finished();
  std::optional<core::ExitCode> push(core::UnitCutter& cutter, core::NumberedStatement numbered);
  std::optional<core::ExitCode> run_online(core::NumberedStatement numbered,
                                           const core::OnlineAlter& alter);
  std::optional<core::ExitCode> send_all(const std::vector<core::UnitPart>& parts);
  std::optional<core::ExitCode> send(const core::UnitPart& part);
  void carry_opening();
  void keep_text();
  void begin_unit(const core::UnitPart& part, core::Packet& packet);
  void end_unit(const core::UnitPart& part, core::Packet& packet);
  void record_done(const core::UnitPart& part, core::Packet& packet) const;
  void keep_values(std::uint64_t next, core::Packet& packet) const;
  std::optional<core::ExitCode> send_packet(const core::UnitPart& part, core::Packet packet);
  std::optional<core::ExitCode> send_items(const core::UnitPart& part, const core::Packet& items);
  /// Of the statement in flight, for when it could not have its lock.
  LockFailure lock_failure(const core::UnitPart& part, const core::Packet& items) const;
  std::vector<std::string> durable_hashes() const;
  std::vector<core::JournalWrite> remains_of_unit(const core::UnitPart& part);
  core::ExitCode fail(const core::UnitPart& part, const core::ServerError& error);
  core::ExitCode lose(const core::UnitPart& part, const core::ServerError& error);
  core::ExitCode stop_before(const core::UnitPart& part, core::ExitCode code);
  core::ExitCode refuse_before(const core::UnitPart& part, const RunBoundary::InTheWay& found);
  core::event::StepFailed record_stop(const core::UnitPart& part, const std::string& why);
  core::ExitCode close();
  void carry_end();
  void announce(const core::NumberedStatement& statement);

  core::journal::Intended intended(const core::UnitPart& part, core::UnitKind kind) const;
  core::journal::Done done(std::vector<std::string> hashes) const;
  const core::NumberedStatement& in_flight(const core::UnitPart& part) const;

  const core::PlannedStep& planned_;
  const core::Script& script_;
  LockedSessions& sessions_;
  port::StepSource& steps_;
  port::EventSink& events_;
  port::Cancellation& cancellation_;
  const RunBoundaries& boundaries_;
  const bool one_transaction_;
  Stopwatch stopwatch_;
  LockRetries& retries_;
  const OnlineAlters& online_;
  std::vector<core::JournalWrite>& ends_;
  std::vector<core::JournalWrite> carried_;  ///< rides in the next transaction
  OpenUnit unit_;
  std::uint64_t through_;  ///< statements up to this one are done and stay, recorded or carried
  bool opened_ = false;    ///< that the step begins is recorded or carried
  bool closed_ = false;    ///< the step's end was recorded with its last statements
  std::vector<std::string> skipped_;  ///< of a step that is turned back: hashes of what never ran
  StepSession session_;
  core::event::StepFailed lost_;
  core::Refusal refusal_;
};

}  // namespace migrate::app
