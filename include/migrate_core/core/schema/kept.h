#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/schema/schema.h"

namespace migrate::core::schema {

enum class KeptKind {
  schema,  ///< the schema's own defaults
  table,
  view,
  procedure,
  function,
  package,
  package_body,
  trigger,
  event,
  sequence,
};

/// An object as the history keeps it: all that is compared, and what makes it again.
struct KeptObject {
  KeptKind kind = KeptKind::table;
  std::string name;   ///< of the schema: empty
  std::string table;  ///< of a trigger
  /// As it is in the model; of the schema, character set and collation.
  /// Empty: it was hidden.
  std::string definition;
  Creation creation;  ///< of a program
  /// Of a trigger: which fired before it when it was looked at; nothing: not known.
  std::optional<std::vector<std::string>> fires_behind;
  std::string fingerprint;
  std::string run_id;  ///< that looked at it last; filled in where it is read
  std::string at;      ///< UTC, likewise
};

/// Every object, the schema's own defaults first.
std::vector<KeptObject> kept_objects(const Schema& schema);

/// The body of a package counts as the package.
ObjectName name_of(const KeptObject& object);

/// The model again, without what is no part of a definition: sizes, counters, definers. What cannot
/// be read is left out. Triggers have the order in which they fired when they were looked at: that
/// may have been at different times, and then each stands behind those that fired before it.
Schema schema_of(const std::vector<KeptObject>& objects, ServerFamily family);

/// Whether it is (part of) that object. Tables, views and sequences share their names.
bool is_named(const KeptObject& object, const ObjectName& name);

}  // namespace migrate::core::schema
