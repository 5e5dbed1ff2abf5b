#include "session_settings.h"

#include <fmt/format.h>

namespace migrate::mysql {
namespace {

// Every variable here can be set by an account without special privileges, on MySQL 8.0+ and
// MariaDB 10.6+.
constexpr std::string_view common =
    "sql_mode = "
    "'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_"
    "ZERO,"
    "NO_ENGINE_SUBSTITUTION', "
    "time_zone = '+00:00', "
    "autocommit = 1, "
    "foreign_key_checks = 1, "
    "unique_checks = 1, "
    "sql_auto_is_null = 0, "
    "sql_safe_updates = 0, "
    "sql_quote_show_create = 1, "
    "default_storage_engine = InnoDB, "
    "group_concat_max_len = 1048576, "
    "lock_wait_timeout = 5, "
    "innodb_lock_wait_timeout = 50, "
    "wait_timeout = 31536000, "
    "net_read_timeout = 3600, "
    "net_write_timeout = 3600, "
    "session_track_schema = ON, "
    "session_track_state_change = ON";

}  // namespace

std::string set_session_settings(core::ServerFamily family) {
  const std::string_view no_time_limit =
      family == core::ServerFamily::mariadb ? "max_statement_time = 0" : "max_execution_time = 0";
  return fmt::format(
      "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci; SET SESSION {}, {}; "
      "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ",
      common, no_time_limit);
}

}  // namespace migrate::mysql
