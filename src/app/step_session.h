#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "core/journal_write.h"
#include "core/session_values.h"
#include "core/statement.h"
#include "port/session.h"
#include "prepared_texts.h"
#include "witnesses.h"

namespace migrate::app {

/// What is known of the session that a step's statements run in: what they have left in it so far,
/// and what of that has to outlive a kill. One a step.
class StepSession {
 public:
  /// A new session with what was kept of it.
  void restore(port::Session& work, const core::SessionValues& values);

  /// In front of a statement: whether it may leave values that a later one reads.
  void note_values(const core::Statement& statement);
  /// In front of a statement that is none of data: finds out what an EXECUTE is about to run, so
  /// that its effect is known; follows USE and SET.
  void follow(core::Statement& statement, port::Session& work);
  /// Behind a PREPARE.
  void add_prepared(const core::Prepared& prepared, port::Session& work);
  /// Behind any: what the server said of it.
  void changed(bool by_that_statement) { changed_ = changed_ || by_that_statement; }

  /// The server has said that a statement changed it, or it was restored.
  bool is_changed() const { return changed_; }
  /// After USE; empty: the session's own.
  const std::string& current_schema() const { return current_schema_; }
  Rehearsals rehearsals() const { return rehearsals_; }
  /// Names of user variables to be kept; nothing: there is nothing to keep, of LAST_INSERT_ID()
  /// neither.
  std::optional<std::vector<std::string>> kept_variables() const;

 private:
  PreparedTexts prepared_;
  std::set<std::string> variables_;  ///< that the statements so far mention
  bool inserts_ = false;             ///< a statement so far may have set LAST_INSERT_ID()
  bool changed_ = false;
  std::string current_schema_;
  Rehearsals rehearsals_ = Rehearsals::kept;
};

}  // namespace migrate::app
