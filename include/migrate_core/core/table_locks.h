#pragma once

#include <string>
#include <string_view>

#include "core/schema_change.h"

// LOCK TABLES (https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html), which on MariaDB may end
// in NOWAIT or WAIT n (https://mariadb.com/kb/en/lock-tables/).
namespace migrate::core {

/// Whether a LOCK TABLES of the file holds.
enum class TableLocks { none, held };

/// The statement with `more` ("a WRITE, b AS c READ") at the end of its list. As it is, where it is
/// no LOCK TABLES.
std::string with_locks(std::string_view statement, std::string_view more);

/// The statement as it has to be said again behind `change`: without the tables that were dropped,
/// and with renamed ones under their new names. Empty when no table is left.
std::string locks_after(std::string_view statement, const SchemaChange& change);

}  // namespace migrate::core
