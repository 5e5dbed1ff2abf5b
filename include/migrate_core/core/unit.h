#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/schema_change.h"
#include "core/statement.h"
#include "core/step.h"
#include "core/table_locks.h"

namespace migrate::core {

/// Statements that the journal knows as one: what becomes durable together, or could be in doubt
/// together.
enum class UnitKind {
  /// Changes only the session; not journaled, replayed when a step goes on in its middle. Also
  /// everything from FLUSH TABLES … WITH READ LOCK to UNLOCK TABLES, where the server lets nothing
  /// be changed and the journal cannot be written.
  session,
  statement,    ///< statements that each commit by themselves; the first commit makes the intent of
                ///< all of them durable. Always one part. Several only if each is short and no two
                ///< touch the same object
  transaction,  ///< data statements in a transaction that the runner opens and closes, and a SET of
                ///< user variables that asks for ROW_COUNT() or FOUND_ROWS() of one of them
  /// From the file's own BEGIN, or where it has switched autocommit off from a data statement, to
  /// its COMMIT or ROLLBACK.
  file_transaction,
};

/// A statement as the journal counts it.
struct NumberedStatement {
  std::uint64_t index = 1;  ///< in its script, from 1
  Statement statement;
  std::string hash;  ///< SHA-256 of its text with every CRLF made LF, first 16 hex digits
};

/// A stretch of a unit that is sent in one go: a unit longer than the limits comes in several
/// parts.
struct UnitPart {
  UnitKind kind = UnitKind::statement;
  std::vector<NumberedStatement> statements;
  std::vector<SchemaChange> changes;  ///< of kind `statement`: one a statement
  bool opens = true;                  ///< the unit starts with this part
  bool closes = true;                 ///< the unit ends with this part
  /// Of a part that closes a file_transaction: no COMMIT of the file does. The next statement
  /// would, or nothing.
  bool closed_by_next = false;
  TableLocks locks = TableLocks::none;  ///< while it runs
  /// The last table that the file has locked is dropped with it, and so the server unlocks.
  bool unlocks = false;
};

struct UnitLimits {
  std::uint64_t bytes =
      65536;  ///< of statement text in a part; a longer statement is a part of its own
  std::uint64_t statements = 500;         ///< in a part
  std::uint64_t schema_statements = 128;  ///< under one intent
};

/// What fits, with what the journal writes of it, into packets of so many bytes.
UnitLimits limits_within(std::uint64_t packet_limit);

/// Cuts a step's statements into units and their parts. Pure; one a step.
class UnitCutter {
 public:
  enum class Mode {
    one_transaction,         ///< all data statements of the step are one transaction
    statement_by_statement,  ///< statements that commit by themselves are grouped where their
                             ///< objects tell them apart; data between them goes in transactions
  };
  /// `batch`: in statement_by_statement, at most so many data statements in one transaction.
  UnitCutter(Mode mode, UnitLimits limits, std::optional<std::uint64_t> batch = std::nullopt);

  /// Adds the next statement of the step and returns the parts that are complete with it.
  std::vector<UnitPart> push(NumberedStatement statement);
  /// Returns what was pushed and not returned yet, so that it can be sent before the next statement
  /// is looked at. Nothing in the mode one_transaction, and while a transaction of the file's own
  /// is open.
  std::vector<UnitPart> flush();
  /// The step has no more statements.
  std::vector<UnitPart> finish();

 private:
  /// What the file itself has locked.
  enum class Hold { nothing, tables, frozen_tables, frozen_server };

  /// A statement of a stretch in which nothing can be written; false: the stretch is over.
  bool stays_frozen(NumberedStatement& statement);
  bool commits_implicitly(const Statement& statement) const;
  void add(NumberedStatement statement);
  void open(UnitKind kind);
  /// A statement that commits by itself joins the open group or begins the next.
  void group(NumberedStatement statement);
  void append(NumberedStatement statement);
  /// Returns what is pending as a part; nothing when nothing is pending.
  void emit(bool closes, bool closed_by_next = false);

  Mode mode_;
  UnitLimits limits_;
  std::optional<std::uint64_t> batch_;
  std::optional<UnitKind> open_;  ///< the unit that statements are added to
  TableLocks open_under_ = TableLocks::none;
  Hold hold_ = Hold::nothing;
  std::string locks_;  ///< the LOCK TABLES that holds, of the tables that are left
  bool autocommit_ = true;
  bool returned_a_part_ = false;       ///< of the open unit
  std::uint64_t unit_statements_ = 0;  ///< of the open unit, returned or pending
  std::vector<NumberedStatement> pending_;
  std::vector<SchemaChange> pending_changes_;  ///< of an open group
  std::uint64_t pending_bytes_ = 0;
  std::vector<UnitPart> ready_;
};

/// How a script is cut: by what is in it and what its directives ask for.
UnitCutter unit_cutter(const Script& script, UnitLimits limits);

}  // namespace migrate::core
