#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"
#include "core/schema/schema.h"
#include "core/server_info.h"
#include "tables_ahead.h"

namespace migrate::mysql {

enum class TableSizes { not_asked, estimated };

/// port::Schema::read() and read_with_sizes(). Tables that are in `shown` are not shown again.
core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema, TableSizes sizes, ShownTables shown);

/// port::Schema::read() of some objects.
core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema,
                                 const std::vector<core::ObjectName>& objects, ShownTables shown);

}  // namespace migrate::mysql
