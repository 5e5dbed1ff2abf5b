#include "app/locked_sessions.h"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "core/fault.h"

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
      core::event::LockWaiting{.holder = session.lock_holder(name).value_or(core::LockHolder{}),
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
                            describe(session.lock_holder(name)), timeout.count()),
      .way_out = "wait for that run to end, or give more time with --lock-timeout"};
}

}  // namespace

std::variant<LockedSessions, core::Refusal> LockedSessions::open(
    port::Server& server, port::EventSink& events, const port::Cancellation& cancellation,
    std::chrono::seconds timeout) {
  LockedSessions sessions(server.connect(), nullptr);
  const std::string schema = sessions.control_->info().schema;
  if (auto refusal =
          take(*sessions.control_, lock_name("run", schema), events, cancellation, timeout)) {
    return *refusal;
  }
  sessions.work_ = server.connect();
  if (auto refusal =
          take(*sessions.work_, lock_name("work", schema), events, cancellation, timeout)) {
    return *refusal;
  }
  return sessions;
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
