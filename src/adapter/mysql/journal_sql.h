#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/journal_write.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// A statement that writes to the history.
struct JournalStatement {
  std::string sql;
  std::size_t last = 0;  ///< index of the last write that it is part of
};

/// The statements that make `writes` to the history in the schema of the connection, in order.
/// Neighbours of one kind share theirs, so many small steps cost hardly more than one. They mean
/// the same whatever the step did to the session: names are qualified, strings are literal(); and
/// LAST_INSERT_ID() stays as it is while a step runs.
std::vector<JournalStatement> journal_sql(const std::vector<const core::JournalWrite*>& writes,
                                          const core::RunIdentity& identity,
                                          const core::ServerInfo& server);

}  // namespace migrate::mysql
