#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/session_values.h"
#include "core/unit.h"
#include "core/user_variables.h"

namespace migrate::core {

/// Which statements in front of the one where a step goes on run again, to bring back the session.
///
/// Those are SET, USE, and the PREPAREs and the LOCK TABLES that are still in force. User variables
/// do not need theirs where the journal kept the values. They are set before anything runs again,
/// and once more in front of the statement where they were kept. In between, a variable that no
/// statement to be run again assigns, and that none reads before its last assignment, has the value
/// that it had then: a SET of nothing but such variables does not run again. Every other variable
/// goes through its SETs again, as they stand; so a PREPARE whose variable was assigned again
/// behind it gets the text that its SET makes now. Behind the kept values everything runs again.
class SessionReplay {
 public:
  explicit SessionReplay(const SessionValues& kept);

  /// In the order of the file, each that is in front.
  void add(const NumberedStatement& numbered);

  /// Their indexes.
  std::set<std::uint64_t> statements() const;

  /// How the LOCK TABLES among them has to be said: a table that was dropped or renamed behind it
  /// cannot be locked by that name. Empty: none holds.
  const std::string& held_locks() const { return held_locks_; }

 private:
  struct Entry {
    std::uint64_t index = 1;
    UserVariables variables;
    bool restores = false;
  };
  using Names = std::set<std::string>;

  void follow_locks(const NumberedStatement& numbered);
  bool runs_again(const Entry& entry, const Names& exact) const;
  /// Whether all of `exact` are so; takes out those that are not.
  bool agree(Names& exact) const;

  std::uint64_t kept_at_;
  Names kept_;
  std::vector<Entry> entries_;
  std::map<std::string, std::uint64_t> prepared_;  ///< in force: name and statement
  std::set<std::uint64_t> prepares_;
  std::string held_locks_;
  std::uint64_t locked_at_ = 0;  ///< where they hold: index of the LOCK TABLES
};

}  // namespace migrate::core
