#pragma once

#include <cstdint>
#include <optional>

#include "connection.h"
#include "core/pace.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// How far the server says that the statement of another connection is: MySQL by its
/// stages, whose consumer the manual wants switched on
/// (https://dev.mysql.com/doc/refman/8.4/en/performance-schema-events-stages-current-table.html;
/// 9.7 tells without), in rows where it copies the table, else in InnoDB's pages
/// (storage/innobase/include/ut0stage.h); MariaDB in percent
/// (https://mariadb.com/kb/en/progress-reporting/). Nothing where it does not tell, or this account
/// may not look.
std::optional<core::Work> read_work(Connection& connection, core::ServerFamily family,
                                    std::uint64_t connection_id);

}  // namespace migrate::mysql
