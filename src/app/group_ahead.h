#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <optional>
#include <utility>
#include <vector>

#include "app/locked_sessions.h"
#include "core/journal_write.h"
#include "core/object_name.h"
#include "core/step.h"
#include "core/step_group.h"
#include "port/background.h"
#include "schema_keeping.h"

namespace migrate::app {

/// What is done over the control connection while the working one runs a group of steps. The group
/// behind that is made ready: its files are read, its objects looked at and, where no object is in
/// both, its beginning is recorded, so that its packet has to hold nothing but its statements. With
/// it the ends of steps are recorded, and what the tables are that nothing changes any more.
///
/// After a kill the intents of both groups may be open. As no object is in both, they are settled
/// as if they were one group's.
///
/// From begin() to settle() the control connection is not to be used.
class GroupAhead {
 public:
  /// Reads a group; nothing where there is none, or where that fails. Called on another thread.
  using Read = std::function<std::optional<core::StepGroup>()>;

  /// `ends` are those of steps, and wait for a transaction to ride in: what is recorded here leaves
  /// them, and what takes a beginning back joins them. All must outlive it.
  GroupAhead(LockedSessions& sessions, SchemaKeeping& keeping, port::Background& background,
             std::vector<core::JournalWrite>& ends)
      : sessions_(sessions), keeping_(keeping), background_(background), ends_(ends) {}
  /// Waits. A beginning that is recorded, and that nobody took, is taken back.
  ~GroupAhead();
  GroupAhead(const GroupAhead&) = delete;
  GroupAhead& operator=(const GroupAhead&) = delete;

  /// Begins, and does not wait. What cannot be looked at or recorded now is later.
  void begin(core::StepGroup running, Read read_next, std::vector<core::ObjectName> settled_tables);

  /// Waits for what was begun. Throws Fault(unavailable) when the connection is lost.
  void settle();

  /// The group that is next; nothing where it was not read.
  std::optional<core::StepGroup> take_group() { return std::exchange(task_.next, std::nullopt); }

  /// Whether its beginning is recorded; from now on that is for whoever runs it.
  bool take_beginning() { return !std::exchange(begun_, {}).empty(); }

  /// It does not run as a group: its beginning is taken back. Throws as settle().
  void give_up();

 private:
  /// What the background has to do, and has done; until settle() it is its own.
  struct Task {
    core::StepGroup running;
    Read read_next;
    std::vector<core::ObjectName> settled_tables;
    std::size_t ends = 0;                    ///< so many of the writes are ends
    std::vector<core::JournalWrite> writes;  ///< in one transaction
    std::optional<core::StepGroup> next;
    bool begins_next = false;
    bool keeps_tables = false;
    bool recorded = false;
  };

  void run_task();
  void add_beginning();
  void add_settled_tables();
  void record_writes();
  void take_results();
  void take_back();

  LockedSessions& sessions_;
  SchemaKeeping& keeping_;
  port::Background& background_;
  std::vector<core::JournalWrite>& ends_;
  Task task_;
  std::vector<core::StepId> begun_;  ///< whose beginning is recorded
  std::future<void> running_task_;
};

}  // namespace migrate::app
