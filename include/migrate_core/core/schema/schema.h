#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/object_name.h"
#include "core/server_info.h"

/// A whole schema as values, taken apart from what the server shows of it. Nothing in it names the
/// schema that it was read from, so two schemas of one family can be compared; the tables of
/// `migrate` itself are not in it.
namespace migrate::core::schema {

enum class Generated { no, on_read, stored, row_start, row_end };

struct Column {
  std::string name;
  /// The text behind the name in SHOW CREATE TABLE, as ADD and MODIFY take it. Character set and
  /// collation are in it unless they are the table's own; see explicit_definition().
  std::string definition;
  std::string type;       ///< "int(10) unsigned", "enum('a','b')"
  std::string data_type;  ///< the first word of it, in lower case: "int"
  bool is_unsigned = false;
  std::string charset;    ///< resolved; empty: none
  std::string collation;  ///< resolved; empty: none
  bool nullable = true;
  /// The text behind DEFAULT ("'x'", "NULL", "current_timestamp()", "(1 + 2)"); nothing: none.
  std::optional<std::string> default_value;
  std::string on_update;  ///< the text behind ON UPDATE; empty: none
  bool auto_increment = false;
  bool invisible = false;
  Generated generated = Generated::no;
  std::string expression;  ///< of a generated one, without the outer parentheses
  std::string check;       ///< MariaDB: one that stands at the column, likewise; empty: none
  std::string comment;
  std::size_t position = 1;
};

struct IndexPart {
  std::string column;        ///< empty: an expression
  std::string expression;    ///< of a functional index (MySQL), in its parentheses
  std::uint64_t prefix = 0;  ///< characters or bytes; 0: the whole column
  bool descending = false;
};

enum class IndexKind { btree, hash, fulltext, spatial };

struct Index {
  std::string name;        ///< "PRIMARY": the primary key
  std::string definition;  ///< "UNIQUE KEY `a` (`a`)", as ADD takes it
  bool primary = false;
  bool unique = false;  ///< of the primary key too
  IndexKind kind = IndexKind::btree;
  std::vector<IndexPart> parts;
  bool visible = true;  ///< false: MySQL's INVISIBLE, MariaDB's IGNORED
  std::string comment;
};

struct ForeignKey {
  std::string name;
  std::string definition;  ///< "CONSTRAINT `x` FOREIGN KEY …", as ADD takes it
  std::vector<std::string> columns;
  std::string referenced_schema;  ///< empty: the same
  std::string referenced_table;
  std::vector<std::string> referenced_columns;
  std::string on_update = "RESTRICT";
  std::string on_delete = "RESTRICT";
};

/// Of the table; one that stands at a column (MariaDB) is in the column.
struct Check {
  std::string name;
  std::string definition;  ///< "CONSTRAINT `x` CHECK (…)", as ADD takes it
  std::string expression;  ///< without the outer parentheses
  bool enforced = true;
};

/// What stands behind the list of columns, without the counter.
struct TableOption {
  std::string name;   ///< "ENGINE", "ROW_FORMAT", "WITH SYSTEM VERSIONING"; upper case
  std::string value;  ///< as it is written, "'text'" in quotes; empty: it has none

  friend bool operator==(const TableOption&, const TableOption&) = default;
};

struct Table {
  std::string name;
  /// SHOW CREATE TABLE without the counter; indexes, foreign keys and checks in an order that does
  /// not depend on when they were added, and partitions without a comment around them.
  std::string definition;
  std::vector<Column> columns;
  std::vector<Index> indexes;  ///< the primary key first, then unique ones, then the others by name
  std::vector<ForeignKey> foreign_keys;  ///< by name
  std::vector<Check> checks;             ///< by name
  std::vector<std::string> periods;      ///< MariaDB: "PERIOD FOR …"
  std::vector<TableOption> options;      ///< in the server's order, all that are shown
  std::string engine;
  std::string row_format;  ///< as declared; empty: the engine's own
  std::string charset;     ///< resolved
  std::string collation;   ///< resolved
  std::string comment;
  bool system_versioned = false;  ///< MariaDB
  std::string partitioning;       ///< "PARTITION BY …"; empty: none

  // What the server knows of its rows; not part of the definition.
  std::optional<std::uint64_t> auto_increment;  ///< the next value; nothing: no counter, or unused
  std::uint64_t estimated_rows = 0;             ///< where asked for
  std::uint64_t bytes = 0;                      ///< data and indexes, where asked for

  std::string fingerprint;

  const Column* find_column(const std::string& column) const;
  const Index* primary_key() const;
};

/// What the session was that created a program, and is again when it runs.
struct Creation {
  std::string sql_mode;
  std::string charset;    ///< character_set_client; two that differ in nothing else are the same
  std::string collation;  ///< collation_connection
  /// The schema's at that time. Not of a view.
  std::string database_collation;
  std::string time_zone;  ///< of an event
};

struct View {
  std::string name;
  std::string definition;         ///< CREATE VIEW, without definer
  std::string definer;            ///< "`user`@`host`"
  std::string security;           ///< "DEFINER" or "INVOKER"
  std::string body;               ///< its SELECT, and WITH CHECK OPTION
  std::vector<std::string> uses;  ///< tables and views of the same schema
  Creation creation;              ///< without sql_mode
  std::string fingerprint;
};

enum class RoutineKind { procedure, function, package, package_body };

struct Routine {
  RoutineKind kind = RoutineKind::procedure;
  std::string name;
  std::string definition;  ///< CREATE PROCEDURE, …, without definer
  std::string definer;
  std::string security = "DEFINER";
  std::string body;
  Creation creation;
  std::string fingerprint;
};

struct Trigger {
  std::string name;
  std::string table;
  std::string timing;  ///< "BEFORE" or "AFTER"
  std::string event;   ///< "INSERT", "UPDATE", "DELETE"
  /// Among those of the same table, timing and event, from 1 on. 0: not known; no part of the
  /// definition.
  std::uint64_t order = 0;
  /// The names of those of them that fire before it, in order; nothing: not known.
  std::optional<std::vector<std::string>> fires_behind;
  std::string definition;  ///< CREATE TRIGGER, without definer and FOLLOWS
  std::string definer;
  std::string body;
  Creation creation;
  std::string fingerprint;
};

struct Event {
  std::string name;
  /// CREATE EVENT, without definer, and without STARTS where that is when it was created.
  std::string definition;
  std::string definer;
  std::string body;
  Creation creation;
  std::string fingerprint;
};

/// MariaDB.
struct Sequence {
  std::string name;
  std::string definition;  ///< CREATE SEQUENCE; nothing of how far it counted
  std::string fingerprint;
};

/// Objects of a kind are ordered by name, bytes compared; triggers by table, timing, event, order.
struct Schema {
  ServerFamily family = ServerFamily::mysql;
  std::string name;
  std::string charset;  ///< what new tables get
  std::string collation;
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<Routine> routines;
  std::vector<Trigger> triggers;
  std::vector<Event> events;
  std::vector<Sequence> sequences;
  /// Objects of which the account that read it may not see the definition.
  std::vector<ObjectName> hidden;

  const Table* find_table(const std::string& table) const;
};

/// The word for it in SQL: "PROCEDURE", "PACKAGE BODY", …
std::string_view sql_word(RoutineKind kind);

/// A name in backticks.
std::string quoted_name(std::string_view name);

}  // namespace migrate::core::schema
