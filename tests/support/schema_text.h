#pragma once

#include <string>

#include "support/raw_connection.h"

namespace migrate::testing {

/// SHOW CREATE of every object of the schema but the history's tables, by name, without
/// AUTO_INCREMENT counters. Throws as RawConnection does.
std::string schema_text(RawConnection& sql, const std::string& schema);

}  // namespace migrate::testing
