#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/checksum.h"
#include "core/object_name.h"
#include "core/rehearsal/attestation.h"
#include "core/schema/kept.h"
#include "core/schema/standing_drift.h"
#include "core/step.h"
#include "core/unfinished_run.h"
#include "core/unit.h"
#include "core/witness.h"

namespace migrate::core {

/// Who runs, for every row that a run writes.
struct RunIdentity {
  std::string run_id;   ///< unique; sorts by time
  std::string command;  ///< "up", "down", …
  std::string client;   ///< "user@host"
  std::string tool_version;
};

/// The writes to the history that ride along in packets. Each is idempotent: writing it twice
/// leaves one truth.
namespace journal {

/// A step begins, or goes on: its ledger row says partly done. The checksum in the ledger stays the
/// up file's.
struct StepOpened {
  StepId id;
  std::string name;
  Direction direction = Direction::up;
  Checksum checksum;
  std::uint64_t total = 0;
};

/// The unit that begins at statement `first` is about to run. `hashes` are those of its statements
/// that are sent first; a unit of kind `statement` has a witness for each of them.
struct Intended {
  StepId id;
  Direction direction = Direction::up;
  UnitKind unit = UnitKind::statement;
  std::uint64_t first = 1;
  std::vector<std::string> hashes;
  std::vector<Witness> witnesses;
  LogPosition log_position;  ///< where the binary log ended; asked for only where it may be needed
};

/// The statements of the unit, `first` to first+hashes.size()-1, are done.
struct Done {
  StepId id;
  Direction direction = Direction::up;
  std::uint64_t first = 1;
  std::vector<std::string> hashes;
};

/// What the session that writes this holds now, in front of statement `next`, goes into the row of
/// the unit that begins at `first`: its LAST_INSERT_ID() and these user variables.
struct ValuesKept {
  StepId id;
  std::uint64_t first = 1;
  std::uint64_t next = 1;
  std::vector<std::string> variables;  ///< without @
};

/// The unit that begins at `first` did not happen: the server said so.
struct Withdrawn {
  StepId id;
  Direction direction = Direction::up;
  std::uint64_t first = 1;
};

/// Every statement of the step is done: up marks the ledger row applied, down removes it. Adds the
/// log row. The step must have been opened; written twice, the second time finds nothing to do.
struct StepClosed {
  StepId id;
  Direction direction = Direction::up;
  /// Nothing: it is written together with the step's last statements, and only the server knows how
  /// long they took.
  std::optional<std::uint64_t> duration_us;
  std::string run_id;  ///< whose work it was; empty: of the run that writes
};

/// A half-applied step is undone from here on. The first statements of its down file, which undo
/// what never ran, count as done; `skipped` are their hashes.
struct TurnedBack {
  StepId id;
  std::vector<std::string> skipped;
};

/// Nothing of the step remains, or nothing of it was undone: as if it had never been opened. A ddl
/// file that was applied before is what it was then.
struct StepAbandoned {
  StepId id;
  Direction direction = Direction::up;
};

/// Marks a step as applied without running it.
struct Baselined {
  StepId id;
  std::string name;
  Checksum checksum;
  std::uint64_t total = 0;
};

/// Objects of the schema may change from here on: what the history keeps of them is not relied on
/// until this run has written SchemaClosed. Members as of OpenRun; opened twice, it may be any.
struct SchemaOpened {
  std::optional<std::vector<ObjectName>> objects;
  std::vector<schema::StandingDrift> standing;
};

/// What was kept of these objects is no longer so; nothing: of all.
struct SchemaForgotten {
  std::optional<std::vector<ObjectName>> objects;
  std::vector<ObjectName> except;        ///< where it is all
  std::vector<std::string> gone_tables;  ///< their triggers went with them
};

/// What these objects are now.
struct SchemaKept {
  std::vector<schema::KeptObject> objects;
};

/// All that changed is kept. It also ends what runs before this one left open.
struct SchemaClosed {};

/// Somebody looked: these objects, and no others, are not what is kept of them.
struct DriftSeen {
  std::vector<ObjectName> objects;
};

/// The bytes of a ddl file that is about to run, beside those that the ledger says were applied:
/// so it is written in front of StepOpened, and it counts once the step is closed, however that
/// comes about.
struct TextKept {
  StepId id;
  Checksum checksum;
  std::string text;
};

/// A row of the log, nothing else. `plan` needs a history in the present format.
struct Logged {
  std::string event;
  std::optional<StepId> step;
  std::string step_name;
  std::uint64_t statement = 0;
  std::uint64_t duration_us = 0;
  std::string message;
  std::optional<RunPlan> plan;
};

/// A row of the log that says what a rehearsal proved of a step.
struct Attested {
  rehearsal::Attestation attestation;
};

}  // namespace journal

using JournalWrite =
    std::variant<journal::StepOpened, journal::Intended, journal::Done, journal::ValuesKept,
                 journal::Withdrawn, journal::StepClosed, journal::TurnedBack,
                 journal::StepAbandoned, journal::Baselined, journal::SchemaOpened,
                 journal::SchemaForgotten, journal::SchemaKept, journal::SchemaClosed,
                 journal::DriftSeen, journal::TextKept, journal::Logged, journal::Attested>;

}  // namespace migrate::core
