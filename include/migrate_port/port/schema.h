#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/estimate/table_size.h"
#include "core/object_name.h"
#include "core/schema/schema.h"
#include "core/witness.h"

namespace migrate::port {

/// How a table that exists differs from the statement that would create it.
struct ShapeDifference {
  std::string table;
  std::string declared;  ///< as SHOW CREATE TABLE would show it
  std::string found;     ///< as SHOW CREATE TABLE shows it
};

/// An object as the server shows it.
struct Definition {
  /// A hash of what SHOW CREATE shows, without AUTO_INCREMENT counters and times; of an account,
  /// only whether it exists. Empty: there is no such object.
  std::string fingerprint;
  std::string create_table;  ///< of a table, the text that was hashed; empty for anything else
  std::string engine;        ///< of a table that is in one
};

/// The schema that the session is connected to.
class Schema {
 public:
  virtual ~Schema() = default;

  /// Every table, view, procedure, function, package, event and sequence, those of `migrate`
  /// included; triggers go with their tables. The ledger comes first: who drops them in this order
  /// and is killed leaves no history of what is gone.
  virtual std::vector<core::ObjectName> objects() = 0;

  /// The whole schema, without the tables of `migrate`. Costs a few round trips, however many
  /// objects there are. An object that goes while it is read is left out; one whose definition this
  /// account may not see is only named.
  virtual core::schema::Schema read() = 0;

  /// The same, and about how many rows and bytes each table has. MySQL opens every table to tell
  /// (https://dev.mysql.com/doc/refman/9.7/en/information-schema-optimization.html), which takes
  /// longer than all the rest.
  virtual core::schema::Schema read_with_sizes() = 0;

  /// The same, of these objects: what is not there is left out, and so is what another schema has.
  /// Triggers come only where they are named themselves. Costs one round trip, as a rule; one
  /// more where some are no tables, two where a table is not there, and one for each program that
  /// is not.
  virtual core::schema::Schema read(const std::vector<core::ObjectName>& objects) = 0;

  /// Of those of these tables that are there and are no views; one round trip, none where there are
  /// no tables. MySQL keeps what it tells of sizes for a day; this asks its engines
  /// (information_schema_stats_expiry,
  /// https://dev.mysql.com/doc/refman/9.7/en/server-system-variables.html). Throws
  /// Fault(unavailable) when the server is lost.
  virtual std::vector<core::estimate::TableSize> sizes(
      const std::vector<core::ObjectName>& tables) = 0;

  /// Nothing for an object that this account may not look at. A name without schema is one of the
  /// session's own schema. Costs one round trip, as a rule, whatever else is in the schema.
  virtual std::vector<std::optional<Definition>> definitions(
      const std::vector<core::ObjectName>& objects) = 0;

  /// What a table is for the server, whatever its name: two tables that swap names swap this too,
  /// and so does a partition that is exchanged with a table. Empty text: there is no such table;
  /// nothing: the server does not tell this account, or not of such a table (MySQL and MariaDB tell
  /// the number of an InnoDB table to accounts with PROCESS).
  virtual std::vector<std::optional<std::string>> identities(
      const std::vector<core::ObjectName>& tables) = 0;

  enum class Rehearsed {
    as_found,   ///< the statement would have made of the table what it is now
    otherwise,  ///< it would look another way
    unknown,    ///< the server cannot do that to a temporary table: foreign keys, partitions, …
  };
  /// What the statement would make of the table as it was. The server itself does it, to an empty
  /// temporary table of the same name; foreign keys and partitions are left out of the comparison.
  /// Writes nothing.
  virtual Rehearsed rehearse(const core::ObjectName& table, const core::Rehearsal& rehearsal) = 0;

  /// What a server that died in the CREATE of this table, or in the CREATE or DROP of this trigger,
  /// has left of it while it is not there, and what keeps it from being created. As far as the
  /// server tells this account; of a trigger that is not there, itself: what is left of it, only
  /// its DROP finds out.
  virtual std::vector<core::ObjectName> remnants(const core::ObjectName& object) = 0;

  /// Drops one object whatever depends on it. Throws Fault(statement_failed) when the server
  /// refuses.
  virtual void drop(const core::ObjectName& object) = 0;

  /// Compares the table that `create_table` (a CREATE TABLE IF NOT EXISTS) names with what the
  /// statement declares, without AUTO_INCREMENT counters. Nothing when the table does not exist or
  /// has that shape. The declared shape is made by the server itself, from the statement as a
  /// temporary table. Throws Fault(statement_failed) when the server can't say.
  virtual std::optional<ShapeDifference> difference(const std::string& create_table) = 0;
};

}  // namespace migrate::port
