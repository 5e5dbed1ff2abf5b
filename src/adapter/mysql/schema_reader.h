#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"
#include "core/schema/schema.h"
#include "core/server_info.h"

namespace migrate::mysql {

enum class TableSizes { not_asked, estimated };

/// port::Schema::read() and read_with_sizes().
core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema, TableSizes sizes);

/// port::Schema::read() of some objects.
core::schema::Schema read_schema(Connection& connection, core::ServerFamily family,
                                 const std::string& schema,
                                 const std::vector<core::ObjectName>& objects);

}  // namespace migrate::mysql
