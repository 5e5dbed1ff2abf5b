#include "lock_retries.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/lock_error.h"
#include "record.h"
#include "run_cancellable.h"

namespace migrate::app {
namespace {

using End = core::PacketOutcome::End;
using std::chrono::milliseconds;
using std::chrono::seconds;

bool is_lock_failure(const core::Packet& packet, const core::PacketOutcome& outcome) {
  if (outcome.end != End::failed) return false;
  // A journal write has its own rows, and nobody else's.
  if (!std::holds_alternative<core::Statement>(packet[outcome.failed_item])) return false;
  return core::is_lock_error(outcome.error);
}

seconds pause_before(std::uint64_t attempt) {
  constexpr std::uint64_t longest_at = 5;
  return seconds(1U << (std::min(attempt, longest_at) - 1));
}

}  // namespace

/// What is known of a statement that waits, over its attempts; or of a transaction, whichever of
/// its statements it is.
struct LockRetries::Wait {
  std::size_t item = 0;  ///< where it starts again
  std::uint64_t attempt = 0;
  milliseconds waited{0};
  core::ServerError error;
};

LockRetries::LockRetries(LockedSessions& sessions, port::EventSink& events,
                         port::Cancellation& cancellation, const port::Clock& clock,
                         const LockPatience& patience)
    : sessions_(sessions),
      events_(events),
      cancellation_(cancellation),
      clock_(clock),
      patience_(patience) {}

core::PacketOutcome LockRetries::run(const core::Packet& packet, const Listener& listener) {
  Wait wait;
  std::size_t from = 0;
  for (;;) {
    milliseconds took{0};
    const core::PacketOutcome outcome = send(packet, from, [&](const core::ItemResult& result) {
      took = milliseconds(result.duration_us / 1000);
      listener.on_result(result);
    });
    if (!is_lock_failure(packet, outcome) || cancellation_.requested()) return outcome;
    const LockFailure failure = listener.failure();
    const bool all = failure.again == Again::all_of_it;
    const std::size_t item = all ? 0 : outcome.failed_item;
    // Of a statement that others were done in front of nothing has been waited for yet.
    if (item != wait.item) wait = {.item = item};
    wait.waited += took;
    if (failure.again == Again::never || wait.attempt == patience_.retries) return outcome;
    if (all && !roll_back()) return outcome;
    ++wait.attempt;
    wait.error = outcome.error;
    if (!pause(failure, wait)) return outcome;
    if (all) listener.from_the_start();
    from = item;
  }
}

core::PacketOutcome LockRetries::send(
    const core::Packet& packet, std::size_t from,
    const std::function<void(const core::ItemResult&)>& on_result) {
  if (from == 0) return run_cancellable(sessions_.work(), cancellation_, packet, on_result);
  const core::Packet rest(packet.begin() + static_cast<std::ptrdiff_t>(from), packet.end());
  auto outcome =
      run_cancellable(sessions_.work(), cancellation_, rest, [&](core::ItemResult result) {
        result.item += from;
        on_result(result);
      });
  outcome.failed_item += from;
  return outcome;
}

bool LockRetries::roll_back() {
  bool whole = true;
  // ER_WARNING_NOT_COMPLETE_ROLLBACK: a table without transactions keeps its rows.
  const auto outcome = sessions_.work().run(
      {core::RollbackTransaction{}},
      [&whole](const core::ItemResult& result) { whole = result.warnings == 0; });
  return whole && outcome.end == End::complete;
}

bool LockRetries::pause(const LockFailure& failure, Wait& wait) {
  constexpr milliseconds slice{200};
  const milliseconds time = pause_before(wait.attempt);
  port::Session& control = sessions_.control();
  const std::uint64_t waiter = sessions_.work().info().connection_id;
  std::vector<core::Blocker> blockers = control.blockers(waiter, failure.tables);
  events_.on(core::event::Blocked{.index = failure.index,
                                  .waited_ms = static_cast<std::uint64_t>(wait.waited.count()),
                                  .blockers = blockers});
  events_.on(core::event::Retrying{.index = failure.index,
                                   .attempt = wait.attempt,
                                   .attempts = patience_.retries,
                                   .pause_ms = static_cast<std::uint64_t>(time.count()),
                                   .error = wait.error});
  for (milliseconds slept{0}; slept < time; slept += slice) {
    if (cancellation_.requested()) return false;
    const bool kills = patience_.kill_after && wait.waited >= *patience_.kill_after;
    if (kills && slept.count() % 1000 == 0) {
      if (slept.count() > 0) blockers = control.blockers(waiter, failure.tables);
      // Nobody else is let through first: they are what a window has no time for.
      if (end_blockers(blockers)) return true;
    }
    clock_.sleep(slice);
    wait.waited += slice;
  }
  return true;
}

bool LockRetries::end_blockers(const std::vector<core::Blocker>& blockers) {
  bool ended = false;
  for (const core::Blocker& blocker : blockers) {
    if (may_not_kill_ || !core::may_be_ended(blocker, patience_.killable)) continue;
    // First: should it not be recorded, nobody was ended.
    record(sessions_.control(),
           {core::journal::Logged{
               .event = "blocker ended",
               .message = fmt::format("{}; it held a lock that a statement of this run waits for",
                                      core::words_of(blocker))}});
    try {
      sessions_.control().kill_connection(blocker.connection_id);
    } catch (const core::Fault& fault) {
      if (fault.code() == core::ExitCode::unavailable) throw;
      may_not_kill_ = true;
      events_.on(core::event::Warned{
          fmt::format("connection {} is in the way and may not be ended by this account: {}",
                      blocker.connection_id, fault.what())});
      continue;
    }
    ended = true;
    events_.on(core::event::BlockerEnded{blocker});
  }
  return ended;
}

}  // namespace migrate::app
