#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/history.h"
#include "core/journal_write.h"
#include "core/settlement.h"
#include "port/session.h"

namespace migrate::app {

/// The intents that no run has closed, in the order in which their statements were to run, and what
/// the server shows of them. Several are those of a group of steps.
struct OpenIntents {
  std::vector<core::JournalRow> intents;
  /// Of their statements, one behind the other. One of which something is left to drop counts as
  /// applied: that is dropped before anything is recorded.
  core::Settlement settlement;

  /// The one that has the statement behind those that took effect; the last one, if all did.
  const core::JournalRow& where_it_goes_on() const;
  /// What is to be recorded: as far as it is decided.
  std::vector<core::JournalWrite> verdict(const core::History& history) const;
  /// For people: "statement 3 of 5 of 20260101_x was in flight when a run ended; table `orders` has
  /// not changed, so it will run again".
  std::string words(const core::History& history) const;
};

/// What the history says now, and what it will say once what can be settled is.
struct Standing {
  core::History history;  ///< with decided intents as settled
  std::optional<OpenIntents> open;
  std::vector<core::JournalWrite> verdict;  ///< of those
  bool running = false;  ///< somebody is at it now, so nothing can be told of it yet
  std::string told;      ///< OpenIntents::words

  bool settles() const { return open && open->settlement.decided; }
};

/// In the order in which their statements were to run.
std::vector<core::JournalRow> open_intents(const core::History& history);

/// Only looks.
Standing look_at_history(port::Session& session);

}  // namespace migrate::app
