#pragma once

#include <string>

#include "connection.h"
#include "core/schema/schema.h"

namespace migrate::mysql {

/// port::Schema::read().
core::schema::Schema read_schema(Connection& connection, const std::string& schema);

}  // namespace migrate::mysql
