#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "core/estimate/table_size.h"
#include "core/object_name.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// port::Schema::sizes(). `schema`: of tables without one. Several statements must be allowed.
std::vector<core::estimate::TableSize> read_table_sizes(
    Connection& connection, core::ServerFamily family, const std::string& schema,
    const std::vector<core::ObjectName>& tables);

}  // namespace migrate::mysql
