#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace migrate::mysql {

/// What the history's tables are called. All are in the schema that is migrated.
inline constexpr std::string_view ledger_table = "migrate_ledger";
inline constexpr std::string_view journal_table = "migrate_journal";
inline constexpr std::string_view log_table = "migrate_log";
inline constexpr std::string_view format_table = "migrate_format";
inline constexpr std::string_view schema_table = "migrate_schema";
inline constexpr std::string_view text_table = "migrate_texts";

/// Whether a table is one of them.
bool is_history_table(std::string_view table);

/// The layout that this program writes and the newest that it reads.
inline constexpr unsigned history_format = 5;

/// The first format whose journal keeps witnesses.
inline constexpr unsigned witness_format = 2;

/// The first format whose log keeps the plan of a run.
inline constexpr unsigned run_plan_format = 3;

/// The first format that keeps what the schema is.
inline constexpr unsigned schema_format = 4;

/// The first format that keeps the texts of ddl files, the order in which triggers fire, and what
/// looks at the schema found.
inline constexpr unsigned text_format = 5;

/// The first format whose journal keeps what the session held.
inline constexpr unsigned variables_format = 3;

/// What a LOCK TABLES has to name besides, so that the history can be written while it holds: a
/// table once more for each name that one statement of journal_sql.h uses beside its own.
std::string history_locks(std::string_view schema);

/// The ledger, where a statement that writes it reads it too.
inline constexpr std::string_view ledger_alias = "migrate_ledger_read";

struct TableColumn {
  std::string_view table;
  std::string_view column;
};

/// A statement that brings the history nearer to its present layout.
struct LayoutStatement {
  std::string sql;
  /// It adds this column: not to be run where it is there. Without it, it can be repeated as it is.
  std::optional<TableColumn> adds;
};

/// The statements that make the present layout in `schema`, in order, from nothing or from
/// whatever an older version or a killed one left. Rows are kept. The row of migrate_format comes
/// last: while it is not there the history counts as absent, or as one of an older format.
std::vector<LayoutStatement> history_layout(std::string_view schema, std::string_view tool_version);

}  // namespace migrate::mysql
