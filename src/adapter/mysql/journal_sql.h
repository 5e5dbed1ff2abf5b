#pragma once

#include <string>
#include <vector>

#include "core/journal_write.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// The statements that make `write` to the history in the schema of the connection, in order. They
/// mean the same whatever the step did to the session: names are qualified, strings are literal()
/// and LAST_INSERT_ID() stays as it is while a step runs.
std::vector<std::string> journal_sql(const core::JournalWrite& write,
                                     const core::RunIdentity& identity,
                                     const core::ServerInfo& server);

}  // namespace migrate::mysql
