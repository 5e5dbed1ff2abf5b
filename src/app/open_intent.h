#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/history.h"
#include "core/settlement.h"
#include "port/session.h"

namespace migrate::app {

/// An intent that no run has closed, and what the server shows of it.
struct OpenIntent {
  core::JournalRow intent;
  core::Settlement settlement;

  /// What is to be recorded: as far as it is decided.
  core::JournalWrite verdict() const;
  /// The intent of the statements behind those that took effect.
  core::JournalWrite rest() const;
  /// For people: "statement 3 of 5 of 20260101_x was in flight when a run ended; table `orders` has
  /// not changed, so it will run again".
  std::string words(const core::History& history) const;
};

/// What the history says now, and what it will say once what can be settled is.
struct Standing {
  core::History history;  ///< with a decided intent as settled
  std::optional<OpenIntent> open;
  bool running = false;  ///< somebody is at it now, so nothing can be told of it yet
  std::string settles;   ///< OpenIntent::words, when it is decided
};

/// Only looks.
Standing look_at_history(port::Session& session);

}  // namespace migrate::app
