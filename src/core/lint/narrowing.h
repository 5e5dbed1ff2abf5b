#pragma once

#include <string>

#include "core/lint/tables.h"

namespace migrate::core::lint {

/// What values of the old type the new one cannot hold, in words; empty: it holds them all, or
/// nothing is known of one of the types. Charsets are compared where both are known.
std::string narrowing(const ColumnType& before, const ColumnType& after);

/// What is true of a value that narrowing() is about, as SQL; empty: no simple expression tells.
/// `column`: as it stands in SQL.
std::string narrowed_values(const std::string& column, const ColumnType& before,
                            const ColumnType& after);

/// Whether a character of the one charset may be missing in the other; false where one is not
/// known.
bool loses_characters(const std::string& before, const std::string& after);

}  // namespace migrate::core::lint
