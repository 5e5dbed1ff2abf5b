#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/lint/tables.h"
#include "core/object_name.h"

namespace migrate::core::lint {

/// A column as it is declared.
struct ColumnDefinition {
  std::string name;
  std::size_t offset = 0;       ///< of the name, in the statement
  std::size_t type_offset = 0;  ///< of its type
  ColumnType type;
  bool is_not_null = false;
  bool says_null = false;  ///< NULL is written, which is the default
  bool has_default = false;
  std::string default_text;  ///< of a literal default, without quotes; empty for anything else
  bool is_auto_increment = false;
  bool default_is_expression = false;  ///< DEFAULT (…)
  bool is_generated = false;
  bool is_stored = false;  ///< of a generated one
  bool is_primary = false;
  bool is_unique = false;
  std::optional<std::size_t> references;  ///< where REFERENCES stands, of a key behind the column
};

struct AddColumn {
  ColumnDefinition column;
};
/// MODIFY, and CHANGE, which may give it another name.
struct ChangeColumn {
  std::string old_name;
  ColumnDefinition column;
};
struct DropColumn {
  std::string name;
};
struct RenameColumn {
  std::string from;
  std::string to;
};
struct AddIndex {
  KnownIndex index;
};
/// "PRIMARY" for the primary key.
struct DropIndex {
  std::string name;
};
struct RenameIndex {
  std::string from;
  std::string to;
};
struct AddForeignKey {
  std::string name;
  std::vector<std::string> columns;
  ObjectName parent;
  std::vector<std::string> parent_columns;
};
struct AddCheck {};
/// Also DROP CONSTRAINT, which does not say what it is.
struct DropForeignKey {
  std::string name;
};
struct RenameTable {
  ObjectName to;
};
/// Any other that is about partitions: no other clause can stand beside it.
struct ChangePartitions {};
/// What becomes of the rows of some partitions.
struct LosePartition {
  std::string verb;  ///< DROP, TRUNCATE
  std::string names;
};
struct ConvertCharset {
  std::string charset;  ///< lower case
  std::string collation;
};
/// ENGINE, CHARSET, COLLATE, ALGORITHM, LOCK: name in upper case, value as written.
struct Option {
  std::string name;
  std::string value;
};
/// Anything else.
struct OtherClause {};

struct Clause {
  std::size_t offset = 0;  ///< in the statement
  std::variant<OtherClause, AddColumn, ChangeColumn, DropColumn, RenameColumn, AddIndex, DropIndex,
               RenameIndex, AddForeignKey, AddCheck, DropForeignKey, RenameTable, ChangePartitions,
               LosePartition, ConvertCharset, Option>
      what;
};

/// A CREATE TABLE, ALTER TABLE, CREATE INDEX or DROP INDEX, clause by clause.
struct TableStatement {
  enum class Kind { create_table, alter_table, create_index, drop_index };
  /// Where the columns of a CREATE TABLE come from.
  enum class Source { declared, like, select };

  Kind kind = Kind::alter_table;
  ObjectName table;
  bool is_temporary = false;
  bool is_lenient = false;  ///< IF NOT EXISTS
  bool replaces = false;    ///< OR REPLACE
  bool ignores = false;     ///< ALTER IGNORE, of MariaDB
  Source source = Source::declared;
  ObjectName model;  ///< of LIKE
  std::vector<Clause> clauses;

  bool creates() const { return kind == Kind::create_table; }
  std::string name() const;
  /// The value of the last such option; nothing: it is not given. `name` in upper case.
  std::optional<std::string> option(std::string_view name) const;
};

/// Nothing for any other statement, and where the text has another form than expected. Conditional
/// comments are read as if they were executed; the default sql_mode is assumed.
std::optional<TableStatement> read_table_statement(std::string_view statement);

/// Calls `visit(what, clause)` for each clause of that type.
template <class What, class Visit>
void for_each_clause(const TableStatement& statement, Visit visit) {
  for (const Clause& clause : statement.clauses) {
    if (const auto* what = std::get_if<What>(&clause.what)) visit(*what, clause);
  }
}

/// Calls `visit(column, clause)` for each column that is added or changed.
template <class Visit>
void for_each_declared(const TableStatement& statement, Visit visit) {
  for (const Clause& clause : statement.clauses) {
    if (const auto* added = std::get_if<AddColumn>(&clause.what)) visit(added->column, clause);
    if (const auto* changed = std::get_if<ChangeColumn>(&clause.what))
      visit(changed->column, clause);
  }
}

}  // namespace migrate::core::lint
