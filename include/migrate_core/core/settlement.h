#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/history.h"

namespace migrate::core {

/// An object as it is now.
struct ObjectNow {
  ObjectName object;
  std::optional<std::string> fingerprint;  ///< empty text: there is none; nothing: not readable
};

/// What became of the statements of an open intent.
struct Settlement {
  std::uint64_t applied = 0;  ///< so many of them, from the first, took effect
  bool decided = true;        ///< false: what became of the one behind those is not known
  /// Whether only the binary log can decide the one behind those. What became of the statements
  /// behind that one is then still to be settled.
  bool ask_binary_log = false;
  /// The one behind those took effect in part, as a DROP of several tables may on MariaDB when the
  /// server dies in it: what is left to be dropped. Empty otherwise, and where it has IF EXISTS and
  /// so can run again as it is.
  std::vector<ObjectName> left_to_drop;
  /// What the server may have left of an object when it died in the statement that was in flight,
  /// and what would keep that, or a later one, from creating the object: to be dropped first.
  std::vector<ObjectName> remnants;
  /// In words, for people: "table `orders` has not changed", "table `orders` is gone". Of the
  /// statements that decided, or that kept it from being decided.
  std::string seen;
};

/// The objects whose present fingerprints (or, where the intent's witnesses are of that kind,
/// identities) settle() needs, each once.
std::vector<ObjectName> witnesses_of(const JournalRow& intent);

/// Decides an open intent of kind `statement`. Pure. The statements of an intent ran in order, so
/// the last one whose objects changed as it would change them shows that those before it ran.
/// Undecided where an object is neither as it was nor as the statement would have left it, and
/// where a statement did not run but a later one did. A statement that tells nothing (repeatable,
/// IF EXISTS, an ALTER that changed nothing) runs again, unless one behind it might have run.
Settlement settle(const JournalRow& intent, const std::vector<ObjectNow>& now);

/// The statements of several intents that were open together, one behind the other, as one intent:
/// those of a group of steps. Not empty.
JournalRow joined(const std::vector<JournalRow>& intents);

/// What a settlement of joined(intents) says of each of them. At most one step is left partly done:
/// the others are closed or abandoned.
std::vector<IntentVerdict> verdicts(const std::vector<JournalRow>& intents,
                                    const Settlement& settlement, const History& history);

}  // namespace migrate::core
