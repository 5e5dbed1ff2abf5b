#pragma once

#include <optional>
#include <string>
#include <vector>

#include "connection.h"
#include "core/object_name.h"
#include "core/server_info.h"
#include "port/schema.h"

namespace migrate::mysql {

/// port::Schema::definitions(), for names without schema in `schema`. The session's character set
/// and sql_mode must be those that migrate sets, and it has no temporary table that hides an
/// object: ask on the control connection.
///
/// One round trip when all objects exist, when none of the tables does, or when there is one
/// object. Otherwise one more for each absent object of another kind, and one for the tables.
/// A view or table on which the account has no privilege at all may count as absent.
std::vector<std::optional<port::Definition>> read_definitions(
    Connection& connection, core::ServerFamily family, const std::string& schema,
    const std::vector<core::ObjectName>& objects);

}  // namespace migrate::mysql
