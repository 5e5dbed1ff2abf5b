#pragma once

#include <string>
#include <string_view>

#include "core/position.h"

namespace migrate::core {

/// What a statement does, as far as its text tells. The server's status flags have the last word on
/// whether it committed.
enum class Effect {
  schema,  ///< defines objects and commits implicitly: CREATE, ALTER, DROP, RENAME, TRUNCATE,
           ///< EXECUTE (its text is unknown)
  data,  ///< reads or writes rows inside a transaction: INSERT, UPDATE, DELETE, SELECT, CALL, LOAD
         ///< DATA, DO
  session,  ///< changes only this session: SET, USE, PREPARE, LOCK TABLES, temporary tables, BEGIN
            ///< and COMMIT
  neutral,  ///< commits implicitly but can always be repeated: ANALYZE, OPTIMIZE, GRANT, FLUSH, SET
            ///< GLOBAL
};

/// What a statement does to the transaction or the table locks that the file itself manages.
enum class Bracket {
  none,
  opens_transaction,   ///< BEGIN, START TRANSACTION, COMMIT AND CHAIN; releases table locks
  closes_transaction,  ///< COMMIT, ROLLBACK (not TO SAVEPOINT)
  stops_autocommit,    ///< SET autocommit=0: from now on data statements open a transaction
  /// SET autocommit=1, or to a value that the text does not show; commits if it was off.
  resumes_autocommit,
  locks_tables,    ///< LOCK TABLES: other tables cannot be used
  freezes_tables,  ///< FLUSH TABLES t WITH READ LOCK, … FOR EXPORT: nothing can be written
  freezes_server,  ///< FLUSH TABLES WITH READ LOCK: the same, and BEGIN does not end it
  unlocks_tables,  ///< UNLOCK TABLES
  opens_xa,  ///< XA START: the history cannot be written in it, and a rollback takes all of it back
};

/// Whether the statement may share a packet with others.
enum class Travel {
  together,  ///< the splitter is sure of its end
  alone,     ///< a stored program, or anything unusual: sent by itself with multi-statements off
};

/// One statement of a file, without its delimiter.
struct Statement {
  std::string text;   ///< the bytes as they are on disk
  Position position;  ///< of the first byte of text
  Effect effect = Effect::data;
  Bracket bracket = Bracket::none;
  Travel travel = Travel::together;
  /// What an EXECUTE runs, once somebody has looked; empty: not known, or no EXECUTE.
  std::string executed;
  /// Put in front of it as a comment, so that the server's process list and binary log tell whose
  /// it is; empty: none.
  std::string mark;
  /// Of a LOCK TABLES: it is sent with the history's tables in its list, so that the history can be
  /// written while it holds.
  bool locks_history = false;
};

/// What the server runs: of an EXECUTE that was looked at, what is behind it.
inline std::string_view text_that_runs(const Statement& statement) {
  return statement.executed.empty() ? statement.text : statement.executed;
}

/// What a statement does whose text did not come from a file: what an EXECUTE runs. Read with the
/// default sql_mode.
Effect effect_of(std::string_view text);

/// SET of anything but user variables: what a later statement means may depend on it.
bool sets_session_variables(std::string_view statement);

/// Whether a step that goes on behind this statement needs it again in its new session: SET, USE,
/// PREPARE and DEALLOCATE. A temporary table is not made again: it would come back empty. For LOCK
/// TABLES see session_replay.h.
bool restores_session(const Statement& statement);

}  // namespace migrate::core
