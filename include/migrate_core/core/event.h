#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/blocker.h"
#include "core/check/result.h"
#include "core/hook/hook.h"
#include "core/pace.h"
#include "core/packet.h"
#include "core/plan.h"
#include "core/position.h"
#include "core/program_ending.h"
#include "core/server_info.h"
#include "core/step.h"

namespace migrate::core {

/// How much of a statement's text an event carries, in bytes.
inline constexpr std::size_t started_text_bytes = 200;
inline constexpr std::size_t failed_text_bytes = 1000;

/// Everything that happens in a run. Every output is made from these.
namespace event {

struct LockWaiting {
  LockHolder holder;
  std::uint64_t timeout_s = 0;
};

/// The server still runs a statement for a run that is dead. Told again while it lasts.
struct OrphanWaiting {
  Activity orphan;
  bool ended = false;  ///< the server was told to end it, and may have much to undo
  std::uint64_t waited_s = 0;
  std::uint64_t timeout_s = 0;
};

/// What became of the statements that were in flight when a run ended, or when its connection was
/// lost, is found out and recorded.
struct Settled {
  std::string message;  ///< for people: which statement, what was seen, what follows
};

/// The connection broke in the middle of a run, which tries to go on.
struct ConnectionLost {
  ServerError error;
  std::uint64_t timeout_s = 0;  ///< how long it tries to connect again
};

/// It goes on.
struct Reconnected {
  std::uint64_t after_ms = 0;
};

/// The run ends before anything ran.
struct Refused {
  Refusal refusal;
};

struct RunStarted {
  std::string run_id;
  std::string command;
  ServerInfo server;
  std::uint64_t steps = 0;
  std::uint64_t statements = 0;  ///< that will run
};

struct StepStarted {
  PlannedStep planned;
  std::uint64_t number = 1;  ///< of `RunStarted::steps`
};

/// A statement was sent (or, in a packet of several, is the next whose result is awaited).
struct StatementStarted {
  std::uint64_t index = 1;  ///< in its step
  std::uint64_t total = 1;
  Position position;
  std::string text;  ///< at most the first started_text_bytes
};

struct StatementDone {
  std::uint64_t index = 1;
  std::uint64_t affected_rows = 0;
  std::uint64_t warnings = 0;
  std::uint64_t duration_us = 0;
};

/// A statement has been running for over a second. Told again about every second.
struct Progressed {
  std::uint64_t index = 1;  ///< in its step
  std::uint64_t total = 1;
  std::uint64_t elapsed_s = 0;
  bool waits_for_lock = false;  ///< on a table or another object, at this moment
  std::optional<Work> work;     ///< nothing: the server does not tell
  std::optional<Pace> pace;     ///< nothing: not known yet
  /// How the server can be made to tell. Said once in a run; empty: it tells, or cannot.
  std::string hint;
};

/// A statement cannot have a lock that others hold, or somebody holds one that it waits for.
struct Blocked {
  std::uint64_t index = 1;  ///< of the statement, in its step
  std::uint64_t waited_ms = 0;
  std::vector<Blocker> blockers;  ///< empty: the server tells of none
};

/// It gave up waiting, and is sent again after a pause in which others get through.
struct Retrying {
  std::uint64_t index = 1;
  std::uint64_t attempt = 1;  ///< n of …
  std::uint64_t attempts = 1;
  std::uint64_t pause_ms = 0;
  ServerError error;
};

/// The run has ended a connection that was in its way, as it was told to.
struct BlockerEnded {
  Blocker blocker;
};

/// Recorded in the history.
struct StepDone {
  StepId id;
  std::string name;
  Direction direction = Direction::up;
  std::uint64_t duration_us = 0;
};

struct StepFailed {
  StepId id;
  std::string name;
  Direction direction = Direction::up;
  std::string path;
  Position position;        ///< of the statement
  std::uint64_t index = 1;  ///< statement n …
  std::uint64_t total = 1;  ///< … of m
  std::string statement;    ///< at most the first failed_text_bytes
  ServerError error;
  std::uint64_t committed = 0;  ///< statements of this step that stay
  bool rolled_back = false;     ///< the step's transaction was undone whole
  bool cancelled = false;       ///< a person or a signal stopped it
};

struct Warned {
  std::string message;
};

/// Something was done that is no step: said in words, e.g. what `baseline` or `resolve` wrote into
/// the history.
struct Recorded {
  std::string message;
};

/// A check was asked in front of the first statement, or behind the last.
struct Checked {
  check::Moment moment = check::Moment::before;
  check::Result result;
};

/// A command of the user's begins.
struct HookStarted {
  hook::Call hook;
};

/// A line that a program wrote which the run has started.
struct ProgramSaid {
  std::string program;  ///< "before_run"
  std::string line;     ///< as it came, without its end
};

struct HookEnded {
  hook::Call hook;
  ProgramEnding ending;
};

/// Much is read or written: how far it is. Told often.
struct Moving {
  std::string what;    ///< "dumping shop"
  std::string detail;  ///< "table orders"; empty: none
  std::uint64_t done_bytes = 0;
  std::uint64_t total_bytes = 0;  ///< 0: nobody knows
};

struct RunFinished {
  ExitCode code = ExitCode::done;
  std::uint64_t duration_us = 0;
};

}  // namespace event

using Event =
    std::variant<event::LockWaiting, event::OrphanWaiting, event::Settled, event::ConnectionLost,
                 event::Reconnected, event::Refused, event::RunStarted, event::StepStarted,
                 event::StatementStarted, event::StatementDone, event::Progressed, event::Blocked,
                 event::Retrying, event::BlockerEnded, event::StepDone, event::StepFailed,
                 event::Warned, event::Recorded, event::Checked, event::HookStarted,
                 event::ProgramSaid, event::HookEnded, event::Moving, event::RunFinished>;

}  // namespace migrate::core
