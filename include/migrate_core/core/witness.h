#pragma once

#include <cstdint>
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

/// What the journal keeps of a statement that is about to run, so that its outcome can be found out
/// when nobody heard of it.
struct Witness {
  Evidence evidence = Evidence::binary_log;
  bool lenient = false;  ///< SchemaChange::lenient
  std::vector<ObjectBefore> objects;

  friend bool operator==(const Witness&, const Witness&) = default;
};

/// Where the server's binary log ended.
struct LogPosition {
  std::string file;  ///< empty: not known; the log is off, filtered or not readable
  std::uint64_t offset = 0;

  friend bool operator==(const LogPosition&, const LogPosition&) = default;
};

}  // namespace migrate::core
