#pragma once

#include <string>
#include <string_view>
#include <vector>

// Temporary tables die with their connection. What a step made of them is gone when it goes on, and
// a statement that mentions one then means something else.
namespace migrate::core {

/// The name in CREATE TEMPORARY TABLE, or SEQUENCE, without its schema.
std::vector<std::string> temporary_tables_made(std::string_view statement);

/// The names in DROP [TEMPORARY] TABLE, or SEQUENCE, without their schemas: without TEMPORARY too
/// it takes a temporary table before any other.
std::vector<std::string> temporary_tables_dropped(std::string_view statement);

/// Whether a word or a quoted name of the statement is this name, without case (ASCII). Text in
/// double quotes may be a name; in single quotes and comments nothing counts.
bool mentions(std::string_view statement, std::string_view name);

}  // namespace migrate::core
