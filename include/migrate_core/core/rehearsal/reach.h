#pragma once

#include <string>
#include <vector>

#include "core/statement.h"

// What of a statement goes beyond the schema that it is run in. In words, empty where nothing does.
// Text that is put together at run time is not seen.
namespace migrate::core::rehearsal {

/// One of `schemas` by name, another by USE, or a schema as a whole. information_schema,
/// performance_schema and sys may be read.
std::string reaches_schema(const Statement& statement, const std::vector<std::string>& schemas);

/// The server's settings, accounts, logs or replication.
std::string reaches_server(const Statement& statement);

}  // namespace migrate::core::rehearsal
