#include "app/statement_watcher.h"

#include <exception>
#include <utility>

namespace migrate::app {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::chrono::seconds long_time{1};

/// Not in each of its stages a server tells how far a statement is; behind this it would have.
constexpr std::chrono::seconds time_to_tell{3};

bool ends_a_statement(const core::Event& event) {
  return std::holds_alternative<core::event::StatementDone>(event) ||
         std::holds_alternative<core::event::StepDone>(event) ||
         std::holds_alternative<core::event::StepFailed>(event) ||
         std::holds_alternative<core::event::ConnectionLost>(event);
}

}  // namespace

StatementWatcher::StatementWatcher(port::EventSink& events, port::Cancellation& cancellation,
                                   const port::Clock& clock, port::StatementLook& look)
    : events_(events), cancellation_(cancellation), clock_(clock), look_(look) {}

void StatementWatcher::on(const core::Event& event) {
  const std::scoped_lock lock(mutex_);
  if (const auto* started = std::get_if<core::event::StatementStarted>(&event)) {
    running_ = Running{.connection_id = connection_id_,
                       .index = started->index,
                       .total = started->total,
                       .since = clock_.now(),
                       .number = ++started_};
  } else if (ends_a_statement(event)) {
    running_.reset();
  }
  events_.on(event);
}

void StatementWatcher::watch(std::uint64_t connection_id) {
  {
    const std::scoped_lock lock(mutex_);
    connection_id_ = connection_id;
    // The first statement of a packet is told before the packet is sent, and one that is sent again
    // is told once.
    if (running_) running_->connection_id = connection_id;
  }
  cancellation_.watch(connection_id);
}

std::optional<StatementWatcher::Running> StatementWatcher::running_for_long() const {
  const std::scoped_lock lock(mutex_);
  if (!running_ || running_->connection_id == 0) return std::nullopt;
  if (clock_.now() - running_->since < long_time) return std::nullopt;
  return running_;
}

void StatementWatcher::tick() {
  const auto running = running_for_long();
  if (!running) return;
  if (watched_.number != running->number) watched_ = Watched{.number = running->number};
  if (watched_.unseen) return;
  try {
    if (const auto seen = look_.look(running->connection_id)) tell(*running, *seen);
  } catch (const std::exception&) {
    // Watching a run must never stop it; the next long statement may be seen again.
    watched_.unseen = true;
  }
}

void StatementWatcher::tell(const Running& running, const port::RunningStatement& seen) {
  const std::scoped_lock lock(mutex_);
  // It may have ended while the server was asked: then that was the next one, or nothing.
  if (!running_ || running_->number != running.number) return;
  if (running_->connection_id != running.connection_id) return;
  const Time now = clock_.now();
  tell_progress(running, seen, now);
  if (seen.waits_for_lock) {
    tell_blockers(running, seen.blockers, now);
  } else {
    watched_.free_at = now;
  }
}

void StatementWatcher::tell_progress(const Running& running, const port::RunningStatement& seen,
                                     Time now) {
  const auto elapsed = duration_cast<milliseconds>(now - running.since);
  core::event::Progressed progressed{
      .index = running.index,
      .total = running.total,
      .elapsed_s = static_cast<std::uint64_t>(elapsed.count() / 1000),
      .waits_for_lock = seen.waits_for_lock,
      .work = seen.work,
      .pace = {},
      .hint = {}};
  if (seen.work) {
    const core::WorkSeen at{*seen.work, elapsed};
    if (!watched_.first || !core::goes_on(*watched_.last, *seen.work)) watched_.first = at;
    watched_.last = seen.work;
    progressed.pace = core::pace(*watched_.first, at);
  } else if (!is_hinted_ && !watched_.last && elapsed >= time_to_tell) {
    progressed.hint = seen.hint;
    is_hinted_ = !seen.hint.empty();
  }
  events_.on(progressed);
}

void StatementWatcher::tell_blockers(const Running& running,
                                     const std::vector<core::Blocker>& blockers, Time now) {
  std::vector<core::Blocker> fresh;
  for (const core::Blocker& blocker : blockers) {
    if (watched_.named.insert(blocker.connection_id).second) fresh.push_back(blocker);
  }
  const bool nobody = watched_.named.empty() && watched_.named.insert(0).second;
  if (fresh.empty() && !nobody) return;
  const auto waited = duration_cast<milliseconds>(now - watched_.free_at.value_or(running.since));
  events_.on(core::event::Blocked{.index = running.index,
                                  .waited_ms = static_cast<std::uint64_t>(waited.count()),
                                  .blockers = std::move(fresh)});
}

}  // namespace migrate::app
