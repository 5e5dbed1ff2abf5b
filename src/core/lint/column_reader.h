#pragma once

#include <optional>

#include "table_statement.h"
#include "token_cursor.h"

namespace migrate::core::lint {

/// The names in parentheses, if there are any: of columns, without their lengths and directions; an
/// expression as "()".
std::vector<std::string> take_columns(TokenCursor& cursor);

/// CHARACTER SET, CHARSET, COLLATE in front of a name, which is returned in lower case.
std::optional<std::string> take_charset(TokenCursor& cursor);
std::optional<std::string> take_collation(TokenCursor& cursor);

/// A column's name, type and attributes
/// (https://dev.mysql.com/doc/refman/8.4/en/create-table.html). Leaves the cursor at the comma or
/// parenthesis behind it.
ColumnDefinition take_column(TokenCursor& cursor);

}  // namespace migrate::core::lint
