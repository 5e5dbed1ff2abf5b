#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/schema_change.h"

namespace migrate::core {

/// What tells, after a kill, whether a statement that commits by itself took effect.
enum class Evidence {
  objects,     ///< the definitions of the objects that it names
  identities,  ///< which tables are behind the names: what is swapped may look the same
  repeatable,  ///< nothing has to: done again it is as good as done once
  binary_log,  ///< only the server's own log
};

/// An object as it was before the statement.
struct ObjectBefore {
  ChangedObject changed;
  std::string fingerprint;  ///< or identity; empty: there was none

  friend bool operator==(const ObjectBefore&, const ObjectBefore&) = default;
};

/// What a server needs to tell, later, what a statement would have made of its table.
struct Rehearsal {
  std::string create_table;  ///< the table before it, as SHOW CREATE TABLE shows it
  std::string statement;     ///< that alters it

  friend bool operator==(const Rehearsal&, const Rehearsal&) = default;
};

/// What the journal keeps of a statement that is about to run, so that its outcome can be found out
/// when nobody heard of it.
struct Witness {
  Evidence evidence = Evidence::binary_log;
  bool lenient = false;  ///< SchemaChange::lenient
  std::vector<ObjectBefore> objects;
  /// Of a statement that alters one table and does nothing else: a table that has changed may have
  /// been changed by somebody else.
  std::optional<Rehearsal> rehearsal;

  friend bool operator==(const Witness&, const Witness&) = default;
};

/// Where the server's binary log ended.
struct LogPosition {
  std::string file;  ///< empty: not known; the log is off, filtered or not readable
  std::uint64_t offset = 0;

  friend bool operator==(const LogPosition&, const LogPosition&) = default;
};

}  // namespace migrate::core
