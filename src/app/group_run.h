#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/locked_sessions.h"
#include "core/event.h"
#include "core/exit_code.h"
#include "core/journal_write.h"
#include "core/packet.h"
#include "core/step_group.h"
#include "group_ahead.h"
#include "lock_retries.h"
#include "port/cancellation.h"
#include "port/event_sink.h"
#include "step_telling.h"

namespace migrate::app {

/// The run of a group of steps: one packet with their statements. Where their beginning is not
/// recorded yet, one look at the objects that they name comes first, and in front of the statements
/// the packet holds the ends of the steps before and the intents of all of these; the first
/// statement makes all of that durable. Made for it and thrown away after it; see StepRun for
/// `ends`.
class GroupRun {
 public:
  GroupRun(const core::StepGroup& group, std::size_t first_number, LockedSessions& sessions,
           port::EventSink& events, StepTelling& telling, port::Cancellation& cancellation,
           LockRetries& retries, std::vector<core::JournalWrite>& ends, GroupAhead& ahead);

  /// `meanwhile` is called once, when the first statement is done and the server works on the
  /// others. It must not throw.
  core::ExitCode run(const std::function<void()>& meanwhile);

  std::size_t steps_ended() const { return at_; }
  /// Where the connection was lost; for the exit code `unavailable`.
  const core::event::StepFailed& lost() const { return lost_; }

 private:
  core::Packet packet();
  /// What the packet has to hold in front of the statements.
  core::Packet beginning_of_packet();
  void begin_statement();
  void end_statement(const core::ItemResult& result);
  core::ExitCode fail(const core::ServerError& error);
  core::event::StepFailed failure() const;
  const core::GroupedStep& step() const { return group_.steps()[at_]; }
  /// The statement that was sent last: the server refused it, or never answered.
  const core::NumberedStatement& in_flight() const;

  const core::StepGroup& group_;
  const std::size_t first_number_;
  LockedSessions& sessions_;
  port::EventSink& events_;
  StepTelling& telling_;
  port::Cancellation& cancellation_;
  LockRetries& retries_;
  std::vector<core::JournalWrite>& ends_;
  GroupAhead& ahead_;
  const bool has_begun_;
  std::vector<core::JournalWrite> own_ends_;
  std::size_t at_ = 0;         ///< step under way
  std::size_t done_ = 0;       ///< of its statements
  std::uint64_t took_us_ = 0;  ///< those
  bool session_changed_ = false;
  core::event::StepFailed lost_;
};

}  // namespace migrate::app
