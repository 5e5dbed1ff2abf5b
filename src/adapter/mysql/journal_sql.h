#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/journal_write.h"

namespace migrate::mysql {

/// The statements that make `write` to the history in `schema`, in order. They mean the same
/// whatever the step did to the session: names are qualified, strings are literal() and
/// LAST_INSERT_ID() stays as it is while a step runs.
std::vector<std::string> journal_sql(const core::JournalWrite& write,
                                     const core::RunIdentity& identity, std::string_view schema);

}  // namespace migrate::mysql
