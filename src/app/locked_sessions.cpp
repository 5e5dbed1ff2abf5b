#include "app/locked_sessions.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "core/event.h"
#include "core/fault.h"
#include "core/mark.h"

namespace migrate::app {
namespace {

/// The server allows 64 characters; a longer name keeps its head and a hash (FNV-1a) of the whole.
std::string lock_name(std::string_view purpose, std::string_view schema) {
  constexpr std::size_t longest = 64;
  std::string name = fmt::format("migrate.{}.{}", purpose, schema);
  if (name.size() <= longest) return name;
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{}.{:016x}", name.substr(0, longest - 17), hash);
}

std::string describe(const std::optional<core::LockHolder>& holder) {
  if (!holder) return "another run";
  std::string words = fmt::format("connection {}", holder->connection_id);
  if (!holder->user.empty()) words += fmt::format(", {}@{}", holder->user, holder->host);
  if (!holder->since.empty()) words += fmt::format(", since {} UTC", holder->since);
  return words;
}

std::optional<core::Refusal> take(port::Session& session, const std::string& name,
                                  port::EventSink& events, const port::Cancellation& cancellation,
                                  std::chrono::seconds timeout) {
  using std::chrono::seconds;
  if (session.lock(name, seconds(0))) return std::nullopt;
  events.on(
      core::event::LockWaiting{.holder = session.lock_holder({name}).value_or(core::LockHolder{}),
                               .timeout_s = static_cast<std::uint64_t>(timeout.count())});
  // In slices, so that a signal is heard.
  for (seconds waited{0}; waited < timeout; waited += seconds(1)) {
    if (const auto stop = cancellation.requested()) {
      return core::Refusal{.code = *stop,
                           .reason = "stopped while waiting for the lock; nothing ran"};
    }
    if (session.lock(name, seconds(1))) return std::nullopt;
  }
  return core::Refusal{
      .code = core::ExitCode::locked,
      .reason = fmt::format("the lock is held by {}; waited {} s, nothing ran",
                            describe(session.lock_holder({name})), timeout.count()),
      .way_out = "wait for that run to end, or give more time with --lock-timeout"};
}

std::string describe(const core::Activity& orphan) {
  return fmt::format(
      "connection {} still runs a statement of a run that is dead, for {} s now{}: {}",
      orphan.connection_id, orphan.age_s,
      orphan.progress.empty() ? "" : fmt::format(" ({})", orphan.progress),
      orphan.statement.empty() ? "(not visible to this account)"
                               : orphan.statement.substr(0, core::started_text_bytes));
}

/// Whoever holds the working lock while nobody holds the run's is a dead run's connection: its
/// client is gone, and the server goes on with what it had received.
class Orphan {
 public:
  Orphan(port::Session& control, std::string lock, const Patience& patience)
      : control_(control), lock_(std::move(lock)), patience_(patience) {}

  /// Looks again; ends it where that is right. Nothing when it is gone.
  std::optional<core::Activity> look() {
    const auto holder = control_.lock_holder({lock_});
    if (!holder) return std::nullopt;
    auto activity = control_.activity(holder->connection_id);
    if (!activity) return std::nullopt;
    activity->statement = core::without_mark(activity->statement);
    const bool told_to = patience_.orphans == Orphans::kill;
    if ((activity->idle || told_to) && ended_ != holder->connection_id) {
      end(holder->connection_id, told_to);
    }
    return activity;
  }

  bool ended(const core::Activity& orphan) const { return ended_ == orphan.connection_id; }

 private:
  void end(std::uint64_t connection, bool told_to) {
    try {
      control_.kill_connection(connection);
      ended_ = connection;
    } catch (const core::Fault& fault) {
      // An idle one that belongs to another account is waited for.
      if (told_to || fault.code() != core::ExitCode::statement_failed) throw;
    }
  }

  port::Session& control_;
  std::string lock_;
  const Patience& patience_;
  std::optional<std::uint64_t> ended_;
};

std::optional<core::Refusal> take_from_orphan(port::Session& control, port::Session& work,
                                              const std::string& name, port::EventSink& events,
                                              const port::Cancellation& cancellation,
                                              const Patience& patience) {
  using std::chrono::seconds;
  constexpr std::uint64_t told_every_s = 10;
  if (work.lock(name, seconds(0))) return std::nullopt;
  Orphan orphan(control, name, patience);
  std::optional<core::Activity> seen;
  for (seconds waited{0}; waited < patience.orphan; waited += seconds(1)) {
    if (const auto stop = cancellation.requested()) {
      return core::Refusal{
          .code = *stop, .reason = "stopped while waiting for an orphaned statement; nothing ran"};
    }
    const auto waited_s = static_cast<std::uint64_t>(waited.count());
    if (waited_s % told_every_s == 0) {
      seen = orphan.look();
      if (seen && !seen->idle) {
        events.on(core::event::OrphanWaiting{
            .orphan = *seen,
            .ended = orphan.ended(*seen),
            .waited_s = waited_s,
            .timeout_s = static_cast<std::uint64_t>(patience.orphan.count())});
      }
    }
    if (work.lock(name, seconds(1))) return std::nullopt;
  }
  return core::Refusal{
      .code = core::ExitCode::locked,
      .reason = fmt::format("{}; waited {} s, nothing ran",
                            seen ? describe(*seen) : "the lock of a dead run is still held",
                            patience.orphan.count()),
      .way_out =
          "let it end, with more time (--orphan-timeout), or end it (the server then undoes "
          "what it did): migrate up --kill-orphan"};
}

}  // namespace

std::optional<core::Refusal> lock_out_runs(port::Session& session, port::EventSink& events,
                                           const port::Cancellation& cancellation,
                                           std::chrono::seconds timeout) {
  return take(session, lock_name("run", session.info().schema), events, cancellation, timeout);
}

std::variant<LockedSessions, core::Refusal> LockedSessions::open(
    std::unique_ptr<port::Session> control, port::Server& server, port::EventSink& events,
    const port::Cancellation& cancellation, const Patience& patience) {
  LockedSessions sessions(std::move(control), nullptr);
  const std::string schema = sessions.control_->info().schema;
  if (auto refusal = lock_out_runs(*sessions.control_, events, cancellation, patience.lock))
    return *refusal;
  sessions.work_ = server.connect();
  if (auto refusal = take_from_orphan(*sessions.control_, *sessions.work_,
                                      lock_name("work", schema), events, cancellation, patience)) {
    return *refusal;
  }
  return sessions;
}

std::optional<core::LockHolder> LockedSessions::other_run(port::Session& session) {
  const std::string& schema = session.info().schema;
  const auto holder = session.lock_holder({lock_name("run", schema), lock_name("work", schema)});
  const bool own = holder && holder->connection_id == session.info().connection_id;
  return own ? std::nullopt : holder;
}

void LockedSessions::reset_work() {
  work_->reset();
  // Nobody else can want it: a new run first needs the control connection's lock.
  if (!work_->lock(lock_name("work", work_->info().schema), std::chrono::seconds(0))) {
    throw core::Fault(core::ExitCode::unavailable,
                      "the lock of the working connection is held by somebody else",
                      "see who runs migrate here, then run: migrate status");
  }
}

}  // namespace migrate::app
