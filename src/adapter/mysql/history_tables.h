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

/// The layout that this program writes and the newest that it reads. Format 1 had no witnesses.
inline constexpr unsigned history_format = 2;

/// The statements that create the history's tables in `schema` as they are in history_format; each
/// can be repeated.
std::vector<std::string> create_history_statements(std::string_view schema);

/// What brings tables of an older layout to the next: each column is added where it is missing, so
/// that a kill in between is made up for by doing it again.
struct AddedColumns {
  std::string_view table;
  std::string_view first_column;  ///< where it is there, all are
  std::string_view definitions;   ///< behind ALTER TABLE …
};
std::vector<AddedColumns> history_upgrades();

/// Comes last: while there is no row of history_format, the history counts as absent or old.
std::string record_history_format(std::string_view schema, std::string_view tool_version);

}  // namespace migrate::mysql
