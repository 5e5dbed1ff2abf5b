#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/server_info.h"
#include "core/session_values.h"

namespace migrate::mysql {

/// An expression whose value is the text of what the session that evaluates it holds, in front of
/// statement `next`: "next,LAST_INSERT_ID()" and, each behind a semicolon, the variables that are
/// not longer than 256 KiB / their number: "name,type,charset,collation,value", name and value in
/// hex digits. It changes nothing of the session. The types are those of JSON_TYPE() on MySQL
/// (https://dev.mysql.com/doc/refman/8.4/en/json-attribute-functions.html#function_json-type) and
/// of information_schema.user_variables on MariaDB
/// (https://mariadb.com/kb/en/information-schema-user_variables-table/). `variables` as
/// core::user_variables() has them.
std::string session_values_sql(std::uint64_t next, const std::vector<std::string>& variables,
                               core::ServerFamily family);

/// The value of that expression; empty for an empty text. Throws Fault(configuration) for what
/// migrate never wrote.
core::SessionValues parse_session_values(std::string_view text);

/// The statements that give a session these values.
std::string restore_sql(const core::SessionValues& values);

}  // namespace migrate::mysql
