#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "app/locked_sessions.h"
#include "core/journal_write.h"
#include "core/object_name.h"
#include "core/step.h"
#include "core/step_group.h"
#include "schema_keeping.h"

namespace migrate::app {

/// What is done over the control connection while the server works on a group of steps. The group
/// behind that is made ready: its objects are looked at and, where no object is in both, its
/// beginning is recorded, so that its packet has to hold nothing but its statements. And so are the
/// ends of steps, and what the tables are that nothing changes any more.
///
/// After a kill the intents of both groups may be open. As no object is in both, they are settled as
/// if they were one group's.
class GroupAhead {
 public:
  /// `ends` are those of steps, and wait for a transaction to ride in: what is recorded here leaves
  /// them, and what takes a beginning back joins them. All must outlive it.
  GroupAhead(LockedSessions& sessions, SchemaKeeping& keeping,
             std::vector<core::JournalWrite>& ends)
      : sessions_(sessions), keeping_(keeping), ends_(ends) {}

  /// Asks, without waiting, what the objects of `next` are, where there is such a group, and what
  /// the tables are that nothing changes any more.
  void look(std::optional<core::StepGroup> next, const core::StepGroup& running,
            std::vector<core::ObjectName> settled_tables);

  /// Records, without waiting, the ends, and what it has looked at. Never throws: what it cannot
  /// record now is recorded later.
  void record();

  /// Waits for that. Throws Fault(unavailable) when the connection is lost.
  void settle();

  /// The group was not looked at, or not in vain: it is next.
  std::optional<core::StepGroup> take_group() { return std::exchange(next_, std::nullopt); }

  /// Whether its beginning is recorded; from now on that is for whoever runs it.
  bool take_beginning() { return !std::exchange(begun_, {}).empty(); }

  /// It does not run as a group: its beginning is taken back. Throws as settle().
  void give_up();

 private:
  /// In one transaction.
  struct Sent {
    std::size_t ends = 0;
    std::vector<core::StepId> begun;
    std::vector<core::ObjectName> settled_tables;
  };

  /// Nothing where its packet has to say it.
  std::vector<core::JournalWrite> beginning_of_next();
  std::vector<core::JournalWrite> settled_tables();

  LockedSessions& sessions_;
  SchemaKeeping& keeping_;
  std::vector<core::JournalWrite>& ends_;
  std::optional<core::StepGroup> next_;
  bool apart_ = false;  ///< from the one that runs
  std::vector<core::ObjectName> settled_tables_;
  std::optional<Sent> sent_;
  std::vector<core::StepId> begun_;
};

}  // namespace migrate::app
