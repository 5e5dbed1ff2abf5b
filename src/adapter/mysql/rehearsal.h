#pragma once

#include <string>

#include "connection.h"
#include "port/schema.h"

namespace migrate::mysql {

/// port::Schema::rehearse(), for a session that is connected to `schema`.
port::Schema::Rehearsed rehearse(Connection& connection, const std::string& schema,
                                 const core::ObjectName& table, const core::Rehearsal& rehearsal);

}  // namespace migrate::mysql
