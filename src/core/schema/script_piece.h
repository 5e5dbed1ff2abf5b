#pragma once

#include <string>

namespace migrate::core::schema {

/// A statement as a line of a script, with DELIMITER around it where it holds semicolons. Ends with
/// a line break.
std::string script_piece(const std::string& sql);

}  // namespace migrate::core::schema
