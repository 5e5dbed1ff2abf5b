#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"

namespace migrate::mysql {

/// The partitions that a MariaDB server which died in a CREATE TABLE has left in InnoDB, while the
/// table itself is not there: its DDL log does not take them back
/// (https://mariadb.com/kb/en/atomic-ddl/), and each new CREATE fails with error 1050 on them. By
/// names under which they can be dropped
/// (https://mariadb.com/kb/en/identifier-to-file-name-mapping/). None where the table is there, on
/// MySQL, or where this account has no PROCESS.
std::vector<core::ObjectName> partition_remnants(Connection& connection, const std::string& schema,
                                                 const std::string& table);

}  // namespace migrate::mysql
