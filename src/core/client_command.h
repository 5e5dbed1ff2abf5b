#pragma once

#include <string_view>

namespace migrate::core {

/// Whether a statement that begins with this word is a command of the mysql client, which no server
/// understands (https://dev.mysql.com/doc/refman/8.4/en/mysql-commands.html). DELIMITER, USE and
/// HELP are not among them.
bool is_client_command(std::string_view word);

}  // namespace migrate::core
