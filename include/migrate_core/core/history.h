#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/checksum.h"
#include "core/open_run.h"
#include "core/session_values.h"
#include "core/step.h"
#include "core/unit.h"
#include "core/witness.h"

namespace migrate::core {

/// How a row came into the ledger, and how far its step is.
enum class LedgerState {
  applied,      ///< every statement of the up file ran
  baselined,    ///< `migrate baseline` declared it applied
  partly_up,    ///< some statements of the up file ran
  partly_down,  ///< some statements of the down file ran
};

/// One row a step: what the server remembers of it.
struct LedgerRow {
  StepId id;
  std::string name;
  LedgerState state = LedgerState::applied;
  Checksum checksum;  ///< of the up file that ran last
  std::uint64_t statements_done = 0;
  std::uint64_t statements_total = 0;
  std::uint64_t order = 0;  ///< a higher number was applied later
  std::string changed_at;   ///< UTC, "YYYY-MM-DD HH:MM:SS.ffffff", the server's clock
  std::uint64_t duration_us = 0;
};

/// A stretch of consecutive statements of a step that is not finished. `intended` that never became
/// done is an open intent: the run ended before it could tell what the server did.
struct JournalRow {
  enum class State { intended, done };
  StepId id;
  Direction direction = Direction::up;
  State state = State::intended;
  UnitKind unit = UnitKind::statement;
  std::uint64_t first = 1;          ///< index of its first statement, from 1
  std::vector<std::string> hashes;  ///< one a statement
  std::vector<Witness> witnesses;   ///< of an intent of kind `statement`: one a statement
  LogPosition log_position;
  SessionValues session;  ///< empty: none were kept
  std::uint64_t connection_id = 0;
  std::string run_id;
  std::string at;  ///< UTC, the server's clock
};

/// What is recorded of an open intent.
struct IntentVerdict {
  enum class Outcome {
    closed,     ///< with its statements the whole step is done
    done,       ///< its first statements are: `applied` of them
    withdrawn,  ///< none ran; its step goes on there
    abandoned,  ///< none ran, and of its step nothing did
    open,       ///< what became of them is not known yet
  };
  JournalRow intent;
  std::uint64_t applied = 0;
  Outcome outcome = Outcome::open;
};

/// A ddl file as it was applied last.
struct AppliedText {
  StepId id;
  Checksum checksum;  ///< of `text`, as the ledger has it
  std::string text;
};

/// What is remembered of looks at the schema.
struct SchemaSeen {
  std::string at;  ///< of the last one, UTC; empty: there was none
  /// What a recorded look found that was not as the last run left it, in words ("table orders"),
  /// and what no run has looked at since; and when that was.
  std::vector<std::string> drifted;
  std::string drifted_at;
};

/// What the server remembers.
struct History {
  std::vector<LedgerRow> ledger;  ///< in the order of application
  /// Of unfinished steps, in the order in which their statements were to run.
  std::vector<JournalRow> journal;
  /// Whether it keeps what the schema's objects are.
  bool keeps_schema = false;
  std::vector<OpenRun> left_schema_open;
  SchemaSeen schema_seen;

  /// Whether what it keeps of the schema can be relied on.
  bool knows_schema() const { return keeps_schema && left_schema_open.empty(); }

  const LedgerRow* find(const StepId& id) const;
  bool empty() const { return ledger.empty() && journal.empty(); }

  /// Brings rows in any order into theirs, and fills LedgerRow::statements_done.
  void arrange();
  /// What the session held where a step goes on at `first_statement`, or at the nearest statement
  /// in front where that was kept; empty when it was not.
  SessionValues session_at(const StepId& id, Direction direction,
                           std::uint64_t first_statement) const;
  /// As it is once this is recorded. `verdict.intent` is a row of `journal`.
  void settle(const IntentVerdict& verdict);
};

/// Finds rows of a ledger without going through it. The ledger must outlive it unchanged.
class LedgerIndex {
 public:
  explicit LedgerIndex(const std::vector<LedgerRow>& ledger);
  /// Nothing when there is no such row.
  const LedgerRow* find(const StepId& id) const;

 private:
  std::vector<const LedgerRow*> rows_;  ///< by id
};

/// The event of the log's row in front of a run. Its message is the hash of the frozen plan that it
/// carries out, or empty.
inline constexpr const char* run_started_event = "run started";

/// One line of the append-only log.
struct LogRow {
  std::uint64_t number = 0;
  std::string at;  ///< UTC
  std::string run_id;
  std::string command;  ///< "up", "down", "baseline", …
  std::string event;    ///< "run started", "applied", "undone", "failed", "baselined", "resolved",
                        ///< "run finished", …
  std::optional<StepId> step;
  std::string step_name;
  std::uint64_t statement = 0;  ///< 0: the step as a whole
  std::uint64_t duration_us = 0;
  std::string message;
  std::string account;  ///< the server's CURRENT_USER()
  std::uint64_t connection_id = 0;
  std::string client;  ///< os user @ host that ran migrate
  std::string tool_version;
};

}  // namespace migrate::core
