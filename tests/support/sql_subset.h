#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace migrate::testing {

/// The SQL that the fake server knows: a subset of the real one, so that a real server understands
/// every text that the fake does, and does the same.
namespace sql {

/// A number, or the name of a user variable (without @).
using Value = std::variant<std::int64_t, std::string>;

/// CREATE [TEMPORARY] TABLE [IF NOT EXISTS] t (c INT [, …]); MariaDB: CREATE OR REPLACE TABLE …
struct CreateTable {
  std::string table;
  std::vector<std::string> columns;
  bool temporary = false;
  bool if_not_exists = false;
  bool or_replace = false;
};
/// ALTER TABLE t ADD COLUMN c INT
struct AddColumn {
  std::string table;
  std::string column;
};
/// DROP TABLE [IF EXISTS] t [, …]
struct DropTable {
  std::vector<std::string> tables;
  bool if_exists = false;
};
/// RENAME TABLE t TO u [, …]
struct RenameTable {
  std::vector<std::pair<std::string, std::string>> names;
};
/// TRUNCATE TABLE t
struct Truncate {
  std::string table;
};
/// INSERT INTO t VALUES (1, @x), …
struct Insert {
  std::string table;
  std::vector<std::vector<Value>> rows;
};
/// UPDATE t SET id = id + 1
struct Update {
  std::string table;
  std::string column;
  std::int64_t added = 0;
};
/// DELETE FROM t
struct Delete {
  std::string table;
};
/// SELECT …; `sleeps` when it calls SLEEP
struct Select {
  std::optional<std::string> table;  ///< the first behind FROM
  bool sleeps = false;
};
/// SELECT COUNT(*) INTO @x FROM t
struct SelectInto {
  std::string variable;
  std::string counted;  ///< the table
};
/// SET @x = 1, SET @x = 'text', SET @x = (SELECT COUNT(*) FROM t)
struct SetVariable {
  std::string name;
  std::string value;                   ///< a number as its digits
  std::optional<std::string> counted;  ///< the table whose rows are the value
};
/// PREPARE p FROM @x, PREPARE p FROM 'text'
struct Prepare {
  std::string name;
  std::string source;  ///< the name of the variable, or the text
  bool from_variable = false;
};
/// EXECUTE p
struct Execute {
  std::string name;
};
/// DEALLOCATE PREPARE p
struct Deallocate {
  std::string name;
};
/// SET SESSION name = value
struct SetSession {};
/// SET autocommit = 0, SET autocommit = 1
struct SetAutocommit {
  bool on = true;
};
/// USE schema
struct Use {
  std::string schema;
};
struct Begin {};
struct Commit {};
struct Rollback {};
/// LOCK TABLES t WRITE [, u READ …]
struct LockTables {
  enum class Kind { read, write };
  std::vector<std::pair<std::string, Kind>> tables;
};
struct UnlockTables {};
/// FLUSH TABLES WITH READ LOCK
struct FreezeServer {};
/// CALL p()
struct Call {
  std::string procedure;
};
/// Anything else.
struct SyntaxError {};

using Command = std::variant<CreateTable, AddColumn, DropTable, RenameTable, Truncate, Insert,
                             Update, Delete, Select, SelectInto, SetVariable, SetSession,
                             SetAutocommit, Prepare, Execute, Deallocate, Use, Begin, Commit,
                             Rollback, LockTables, UnlockTables, FreezeServer, Call, SyntaxError>;

/// Key words in any case; no comments; quotes only where an example above has them, doubled inside.
Command parse(std::string_view text);

}  // namespace sql
}  // namespace migrate::testing
