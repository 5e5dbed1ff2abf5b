#pragma once

#include <string>

namespace migrate::mysql {

/// What SHOW CREATE TABLE shows, without the table's AUTO_INCREMENT counter. The words may also be
/// in a comment or a default; there they stay.
std::string without_counter(std::string create_table);

/// The storage engine of a table; empty where its text names none.
std::string engine_of(const std::string& create_table);

}  // namespace migrate::mysql
