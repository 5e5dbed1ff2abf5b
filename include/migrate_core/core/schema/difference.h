#pragma once

#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/schema/schema.h"

namespace migrate::core::schema {

/// A statement that brings a schema nearer to another, and when it may run: the order of the
/// enumerators is one that works. Foreign keys go first and come last.
struct Repair {
  enum class Phase {
    drop_foreign_keys,
    drop_programs,  ///< triggers, events, views, routines; those that are made anew too
    drop_tables,    ///< and sequences
    schema_defaults,
    create_sequences,
    create_tables,
    alter_tables,
    add_foreign_keys,
    create_routines,
    create_views,  ///< one that reads another behind it
    create_triggers,
    create_events,
  };
  Phase phase = Phase::alter_tables;
  /// Without a delimiter. A program needs the session that `creation` says.
  std::string sql;
  Creation creation = {};  ///< of a program; else empty
};

/// How an object of one schema differs from what is expected of it.
struct Difference {
  enum class Kind {
    missing,     ///< it is expected and not there
    unexpected,  ///< it is there and not expected
    changed,
  };
  ObjectName object;  ///< the body of a package counts as the package
  Kind kind = Kind::changed;
  /// What differs, a line each: "column total is decimal(10,2), expected decimal(12,2)". They do
  /// not name the object.
  std::vector<std::string> words;
  /// What would mend it. A foreign key of another table that is in the way is dropped and added
  /// again here. Empty where no statement can: it says so in `words`.
  std::vector<Repair> repairs;
};

/// "table orders", "procedure p".
std::string words_for(const ObjectName& object);

/// "table orders, procedure p".
std::string names_of(const std::vector<Difference>& differences);

/// What of `found` is not as in `expected`, by kind and name. Empty, if and only if all
/// fingerprints are the same and both have the same default character set. What is hidden in one of
/// them is not compared. Both must be of one family.
std::vector<Difference> differences(const Schema& expected, const Schema& found);

/// The statements of all of them in an order that works.
std::vector<Repair> repair_script(const std::vector<Difference>& differences);

/// The same as text for the family's client, with the session settings that programs need.
std::string repair_text(const std::vector<Difference>& differences);

}  // namespace migrate::core::schema
