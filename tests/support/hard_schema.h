#pragma once

#include <string>
#include <vector>

#include "core/server_info.h"

namespace migrate::testing {

/// Statements that make a schema with whatever is hard to take apart and to make again, as far as
/// that family has it: names of every kind, generated columns, expressions, checks, partitions,
/// views on views, programs of several sql_modes.
std::vector<std::string> hard_schema(core::ServerFamily family);

}  // namespace migrate::testing
