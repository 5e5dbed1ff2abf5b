#pragma once

#include <string_view>
#include <vector>

#include "core/object_name.h"

namespace migrate::core {

/// What a statement does to an object that it names.
enum class Change {
  created,
  altered,
  dropped,
  renamed_away,  ///< the old name
  renamed_here,  ///< the new name
};

struct ChangedObject {
  ObjectName object;
  Change change = Change::altered;

  friend bool operator==(const ChangedObject&, const ChangedObject&) = default;
};

/// What a schema statement does, as far as its text tells.
struct SchemaChange {
  /// In the order of the text; of a rename, first the old name, then the new one. An index counts
  /// as its table (altered), the body of a package as the package. An account is named "user@host",
  /// or "user" where the text has no host. Empty for a statement without schema effect, for
  /// temporary tables and where the names are not in the text (EXECUTE).
  std::vector<ChangedObject> objects;
  /// IF [NOT] EXISTS or OR REPLACE: it succeeds also where there is nothing to change, or something
  /// to replace.
  bool lenient = false;
  /// The definition of an object that it does not name may change: a rename, which foreign keys of
  /// other tables follow; a schema.
  bool reaches_further = false;
  /// Its time may depend on how much data there is: ALTER TABLE, CREATE INDEX, CREATE TABLE …
  /// SELECT.
  bool may_take_long = false;
  /// Twice is not once, and no definition shows whether it ran: EXCHANGE PARTITION, IMPORT
  /// TABLESPACE, a loadable function. A circle of renames is left to whoever compares.
  bool hidden = false;
};

/// Conditional comments (/*!50003 … */) are read as if they were executed.
SchemaChange schema_change(std::string_view statement);

}  // namespace migrate::core
