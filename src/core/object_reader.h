#pragma once

#include <optional>

#include "core/object_name.h"
#include "token_cursor.h"

// The parts that statements about objects have in common. Each reads what it finds at the cursor
// and leaves the cursor behind it, or where it was.
namespace migrate::core {

/// Moves behind SET STATEMENT … FOR, of MariaDB
/// (https://mariadb.com/kb/en/set-statement/). False: another SET.
bool skip_set_statement(TokenCursor& cursor);

/// The word that says what kind of object follows; of INDEX too. PACKAGE BODY is left at BODY.
std::optional<ObjectKind> take_object_kind(TokenCursor& cursor);

/// IF [NOT] EXISTS. Whether it was there.
bool take_existence(TokenCursor& cursor);

/// [schema.]name, or user[@host] of an account.
std::optional<ObjectName> take_object_name(TokenCursor& cursor, ObjectKind kind);

}  // namespace migrate::core
