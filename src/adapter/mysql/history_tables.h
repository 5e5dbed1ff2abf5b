#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migrate::mysql {

/// What the history's tables are called. All are in the schema that is migrated.
inline constexpr std::string_view ledger_table = "migrate_ledger";
inline constexpr std::string_view journal_table = "migrate_journal";
inline constexpr std::string_view log_table = "migrate_log";
inline constexpr std::string_view format_table = "migrate_format";

/// The layout that this program writes and the newest that it reads.
inline constexpr unsigned history_format = 1;

/// The statements that create the history in `schema`, in order; each can be repeated. The row of
/// migrate_format comes last: while it is not there the history counts as absent.
std::vector<std::string> create_history_statements(std::string_view schema,
                                                   std::string_view tool_version);

}  // namespace migrate::mysql
