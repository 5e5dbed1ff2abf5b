#pragma once

#include <string_view>

namespace migrate::core::lint {

/// Reserved by MySQL 9.7 (information_schema.KEYWORDS) or by MariaDB 10.11 (what its parser takes
/// for no column's name): such a name needs backticks everywhere. In any case of letters.
bool is_reserved_word(std::string_view word);

}  // namespace migrate::core::lint
