#pragma once

#include <set>
#include <string_view>

#include "core/object_name.h"
#include "core/statement.h"

namespace migrate::core {

/// What the statements of a script may do to objects, as far as their texts tell.
struct TouchedObjects {
  std::set<ObjectName> changed;  ///< named by a schema statement
  /// Those of them that are taken as they are: they are not simply created.
  std::set<ObjectName> relied_on;
  std::set<ObjectName> created;  ///< those of them that some statement creates
  bool others = false;           ///< also objects that are not named: a rename, a CALL, an EXECUTE

  /// `text` has nothing in front of the statement.
  void add(Effect effect, std::string_view text);
  void add(const TouchedObjects& more);
  bool any() const { return others || !changed.empty(); }
};

}  // namespace migrate::core
