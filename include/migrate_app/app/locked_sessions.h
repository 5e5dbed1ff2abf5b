#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "app/patience.h"
#include "core/plan.h"
#include "port/cancellation.h"
#include "port/event_sink.h"
#include "port/session.h"

namespace migrate::app {

/// Takes the lock of a run alone, for what must have no run beside it and is none itself: a backup.
/// Held until the session ends. A refusal (locked) names the holder.
std::optional<core::Refusal> lock_out_runs(port::Session& session, port::EventSink& events,
                                           const port::Cancellation& cancellation,
                                           std::chrono::seconds timeout);

/// The two connections of a run, each holding its lock, so that no other run can start: one for the
/// history and for looking, one that runs the statements. A reset of the second never drops the
/// first's lock; and while the server still runs a statement for a dead client, that client's
/// connection keeps the second. https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html
class LockedSessions {
 public:
  /// Takes both locks, the first on `control`, and connects for the second. Waits for another run,
  /// and then for a statement that the server still runs for a dead one, as long as `patience`
  /// says; meanwhile `events` hears who holds them. A dead run's connection that runs nothing is
  /// ended at once, one that runs a statement when `patience` says so. A refusal (locked) names the
  /// holder. Throws Fault(unavailable) when it cannot connect, Fault(statement_failed) when it may
  /// not end what it is told to end.
  static std::variant<LockedSessions, core::Refusal> open(std::unique_ptr<port::Session> control,
                                                          port::Server& server,
                                                          port::EventSink& events,
                                                          const port::Cancellation& cancellation,
                                                          const Patience& patience);

  /// Who runs something on the schema of `session` now, a dead run's connection included; nothing
  /// when nobody does, or `session` itself.
  static std::optional<core::LockHolder> other_run(port::Session& session);

  port::Session& control() { return *control_; }
  port::Session& work() { return *work_; }

  /// Makes the working session as it was at the start and takes its lock again. Throws
  /// Fault(unavailable) when the lock is gone.
  void reset_work();

 private:
  LockedSessions(std::unique_ptr<port::Session> control, std::unique_ptr<port::Session> work)
      : control_(std::move(control)), work_(std::move(work)) {}

  std::unique_ptr<port::Session> control_;
  std::unique_ptr<port::Session> work_;
};

}  // namespace migrate::app
