#pragma once

#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"
#include "core/schema/schema.h"

namespace migrate::mysql {

/// port::Schema::read().
core::schema::Schema read_schema(Connection& connection, const std::string& schema);

/// port::Schema::read() of some objects.
core::schema::Schema read_schema(Connection& connection, const std::string& schema,
                                 const std::vector<core::ObjectName>& objects);

}  // namespace migrate::mysql
