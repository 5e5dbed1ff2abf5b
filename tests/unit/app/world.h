#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/freezing.h"
#include "app/guard/guards.h"
#include "app/migration.h"
#include "core/event.h"
#include "core/report.h"
#include "support/at_once.h"
#include "support/fake_server.h"
#include "support/faulty_server.h"
#include "support/memory_steps.h"

namespace migrate::testing {

/// Every event of a run, and what a test does when it hears one.
class RecordedEvents : public port::EventSink {
 public:
  void on(const core::Event& event) override;

  /// The first event of that type, if there was one.
  template <class Event>
  std::optional<Event> first() const {
    for (const core::Event& event : events_) {
      if (const auto* found = std::get_if<Event>(&event)) return *found;
    }
    return std::nullopt;
  }
  template <class Event>
  std::vector<Event> all() const {
    std::vector<Event> found;
    for (const core::Event& event : events_) {
      if (const auto* one = std::get_if<Event>(&event)) found.push_back(*one);
    }
    return found;
  }
  void clear() { events_.clear(); }

  std::function<void(const core::Event&)> then;

 private:
  std::vector<core::Event> events_;
};

/// A signal that comes when a test wants it.
class FakeCancellation : public port::Cancellation {
 public:
  std::optional<core::ExitCode> requested() const override { return signal; }
  void watch(std::uint64_t connection_id) override {
    watched = connection_id;
    was_watched = was_watched || connection_id != 0;
  }

  std::optional<core::ExitCode> signal;
  std::uint64_t watched = 0;
  bool was_watched = false;
};

/// Stands still unless somebody sleeps.
class StoppedClock : public port::Clock {
 public:
  std::chrono::steady_clock::time_point now() const override {
    return std::chrono::steady_clock::time_point(slept_);
  }
  void sleep(std::chrono::milliseconds time) const override { slept_ += time; }

 private:
  mutable std::chrono::milliseconds slept_{0};
};

/// A server, a folder of steps, and the program between them. Each command is a new run; what it
/// told is in `events` until the next.
class World {
 public:
  core::ExitCode up(const core::UpRequest& request = {});
  core::ExitCode up(const core::UpRequest& request, const app::RunChecks& checks);
  core::ExitCode down(const core::DownRequest& request = {});
  core::ExitCode redo();
  core::ExitCode baseline(const std::string& version);
  core::ExitCode reset();
  core::ExitCode resolve(app::Decision decision, const std::string& reason = "looked");
  core::ExitCode exec(const std::string& path, const std::string& text);
  core::ExitCode up_as_frozen(const app::FrozenRequest& frozen);
  /// What `up` would do now. Fails the test when that is refused.
  app::FrozenRequest freeze(const core::UpRequest& request = {});

  /// A schema statement that somebody runs beside migrate.
  void by_hand(const std::string& statement);
  /// From now on nothing goes wrong.
  void end_faults() { faults.emplace(server); }

  /// What the ledger says of a versioned step; nothing when it has no row.
  std::optional<core::LedgerRow> ledger(const std::string& version) const;
  /// The rows of a table, each as "1", "1,2" or "NULL", joined by blanks.
  std::string rows(const std::string& table) const;
  bool has_table(const std::string& table) const;
  /// How often a statement succeeded.
  std::size_t times(const std::string& statement) const;
  /// The events of the log, oldest first, joined by ", "; those of the run as a whole left out.
  std::string logged() const;
  /// Everything that a later command could see: tables, rows, ledger, journal, and which steps were
  /// ever applied or undone.
  std::string state() const;
  /// What the history keeps of the schema, and how many runs did not come to keep theirs.
  std::string kept() const;

  FakeServer server;
  std::optional<FaultyServer> faults{std::in_place, server};
  MemorySteps steps;
  RecordedEvents events;
  FakeCancellation cancellation;
  std::chrono::seconds lock_timeout{3};
  std::chrono::seconds orphan_timeout{3};
  std::chrono::seconds reconnect_timeout{0};
  app::Orphans orphans = app::Orphans::wait;
  app::LockPatience statement_locks;
  app::Guards guards;
  app::RunHooks hooks;
  std::optional<app::OnlineTool> online;
  AtOnce background;

 private:
  app::RunPorts ports(const std::string& command);

  StoppedClock clock_;
  unsigned runs_ = 0;
};

}  // namespace migrate::testing
