#pragma once

#include <string>
#include <string_view>

namespace migrate::mysql {

/// The first 32 hex digits of the SHA-256 of `definition`.
std::string definition_hash(std::string_view definition);

/// What SHOW CREATE TABLE shows, without the table's AUTO_INCREMENT counter. The words may also be
/// in a comment or a default; there they stay.
std::string without_counter(std::string create_table);

}  // namespace migrate::mysql
