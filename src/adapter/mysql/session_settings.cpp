#include "session_settings.h"

namespace migrate::mysql {

// Every variable here can be set by an account without special privileges, on MySQL 8.0+ and
// MariaDB 10.6+. Each family has its own name for the limit of a statement's time, and takes the
// other's for a comment: https://mariadb.com/kb/en/comment-syntax/ (MariaDB skips what is marked
// for MySQL 5.7 and later), https://dev.mysql.com/doc/refman/8.4/en/comments.html
constinit const std::string_view session_settings =
    "SET NAMES utf8mb4 COLLATE utf8mb4_unicode_520_ci; "
    "SET SESSION "
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
    "/*M! max_statement_time = 0, *//*!50708 max_execution_time = 0, */"
    "session_track_schema = ON, "
    "session_track_state_change = ON; "
    "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";

}  // namespace migrate::mysql
