#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "connection.h"
#include "core/audit/facts.h"
#include "core/schema/schema.h"

namespace migrate::mysql {

struct ZeroDatesTold {
  std::vector<core::audit::ZeroDates> found;
  std::vector<std::string> unseen;  ///< what could not be told, and why, a line each
};

/// Which date columns of the schema hold 0000-00-00 in any row. An index that begins with the
/// column answers at once; else the table is read once for all of its columns, for at most
/// `patience`, and what takes longer is not told. The session's own limit is 0 before and after.
/// Throws Fault(unavailable) when the connection is lost.
ZeroDatesTold read_zero_dates(Connection& connection, const core::schema::Schema& schema,
                              std::chrono::milliseconds patience);

}  // namespace migrate::mysql
