#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "core/checksum.h"
#include "core/directives.h"
#include "core/position.h"
#include "core/touched_objects.h"
#include "core/version.h"

namespace migrate::core {

enum class StepKind {
  versioned,   ///< migrations/<version>_<name>.up.sql and its .down.sql; applied once
  repeatable,  ///< ddl/<name>.sql; applied again whenever its checksum changes
};

enum class Direction { up, down };

/// What the history knows a step by: the canonical version, or the name of a repeatable step.
struct StepId {
  StepKind kind = StepKind::versioned;
  std::string key;

  friend bool operator==(const StepId&, const StepId&) = default;
  /// The order in which steps are applied: repeatable ones by name, then versioned ones by version.
  friend std::strong_ordering operator<=>(const StepId& a, const StepId& b);
};

/// What splitting a file taught: how many statements of each effect it has and what it does to the
/// session.
struct ScriptShape {
  std::uint64_t bytes = 0;
  std::uint64_t schema_statements = 0;
  std::uint64_t data_statements = 0;
  std::uint64_t session_statements = 0;
  std::uint64_t neutral_statements = 0;
  bool manages_transactions = false;    ///< holds BEGIN, COMMIT, SET autocommit …
  bool locks_tables = false;            ///< holds LOCK TABLES, FLUSH TABLES … WITH READ LOCK
  std::uint64_t longest_statement = 0;  ///< bytes
  Position longest_statement_at;
  TouchedObjects touched;

  std::uint64_t statements() const {
    return schema_statements + data_statements + session_statements + neutral_statements;
  }
};

/// One file of a step, as it is known without splitting it.
struct ScriptFile {
  std::string path;  ///< as it is shown to people
  Checksum checksum;
  Directives directives;
};

/// One that was split, because it is to run.
struct Script : ScriptFile {
  ScriptShape shape;
};

/// One unit from disk.
struct Step {
  StepId id;
  std::string name;  ///< the file's name without version, direction and extension
  ScriptFile up;
  std::optional<ScriptFile> down;  ///< only a versioned step can have one

  const ScriptFile& file(Direction direction) const {
    return direction == Direction::up ? up : down.value();
  }
};

/// How a person refers to the step: "20260105090000_add_outbox", or "ddl/outbox". A file outside
/// the catalog has no key: its name alone.
std::string display_name(const StepId& id, const std::string& name);

/// Whether everything in the script can share one transaction with the journal write that records
/// it: nothing in it commits by itself and the script neither manages transactions nor asks for
/// something else.
bool runs_in_one_transaction(const Script& script);

}  // namespace migrate::core
