#include "history_tables.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "literal.h"

namespace migrate::mysql {

bool is_history_table(std::string_view table) {
  constexpr std::array tables{ledger_table, journal_table, log_table,
                              format_table, schema_table,  text_table};
  return std::ranges::find(tables, table) != tables.end();
}

std::string history_locks(std::string_view schema) {
  return fmt::format(
      "{0}.{1} WRITE, {0}.{1} AS {2} READ, {0}.{3} WRITE, {0}.{4} WRITE, {0}.{5} WRITE",
      identifier(schema), ledger_table, ledger_alias, journal_table, log_table, text_table);
}

std::vector<LayoutStatement> history_layout(std::string_view schema,
                                            std::string_view tool_version) {
  // The same bytes on both families and under every default: names of steps are compared byte by
  // byte.
  constexpr std::string_view options =
      "ENGINE=InnoDB ROW_FORMAT=DYNAMIC DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin";
  const auto table = [&](std::string_view name, std::string_view columns,
                         std::string_view comment) {
    return LayoutStatement{fmt::format("CREATE TABLE IF NOT EXISTS {}.{} ({}) {} COMMENT='{}'",
                                       identifier(schema), name, columns, options, comment)};
  };
  // What a later format added is made with its table, because each ALTER costs a server a sync of
  // its disk, and is added to a table that an older version made.
  constexpr std::string_view witnesses =
      "witnesses MEDIUMTEXT NULL COMMENT 'JSON: of each statement, the objects that it changes and "
      "their fingerprints before it'";
  constexpr std::string_view log_file =
      "log_file VARCHAR(255) NOT NULL DEFAULT '' COMMENT 'where the binary log ended before it; "
      "empty: not asked'";
  constexpr std::string_view log_offset = "log_offset BIGINT UNSIGNED NOT NULL DEFAULT 0";
  constexpr std::string_view plan =
      "plan MEDIUMTEXT NULL COMMENT 'JSON: of a run that has to be gone on with, not planned anew, "
      "its steps'";
  constexpr std::string_view fires_behind =
      "fires_behind TEXT NULL COMMENT 'JSON: the triggers that fire before this one; NULL: not "
      "known'";
  constexpr std::string_view variables =
      "variables MEDIUMTEXT NULL COMMENT 'what the session held: next statement, "
      "LAST_INSERT_ID(), user variables in hex'";
  return {
      // Format 1
      table(log_table,
            fmt::format(
                "number BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,"
                " at DATETIME(6) NOT NULL COMMENT 'UTC',"
                " run_id VARCHAR(64) NOT NULL,"
                " command VARCHAR(32) NOT NULL,"
                " event VARCHAR(32) NOT NULL,"
                " kind VARCHAR(16) NULL COMMENT 'versioned or repeatable; NULL: about the run',"
                " id VARCHAR(190) NULL COMMENT 'version without leading zeros, or name of a ddl "
                "file',"
                " name VARCHAR(255) NOT NULL,"
                " statement BIGINT UNSIGNED NOT NULL COMMENT '0: the step as a whole',"
                " duration_us BIGINT UNSIGNED NOT NULL,"
                " message MEDIUMTEXT NOT NULL,"
                " {},"
                " account VARCHAR(320) NOT NULL COMMENT 'CURRENT_USER() that wrote the row',"
                " connection_id BIGINT UNSIGNED NOT NULL,"
                " client VARCHAR(320) NOT NULL COMMENT 'who ran migrate, and on which host',"
                " tool_version VARCHAR(64) NOT NULL,"
                " PRIMARY KEY (number), KEY by_connection (connection_id)",
                plan),
            "migrate: everything that was ever done, append-only"),
      table(journal_table,
            fmt::format(
                "kind VARCHAR(16) NOT NULL,"
                " id VARCHAR(190) NOT NULL,"
                " first_statement BIGINT UNSIGNED NOT NULL COMMENT 'index in the file, from 1',"
                " direction VARCHAR(8) NOT NULL COMMENT 'up or down',"
                " unit VARCHAR(32) NOT NULL COMMENT 'how its statements become durable',"
                " state VARCHAR(16) NOT NULL COMMENT 'intended or done',"
                " hashes MEDIUMTEXT NOT NULL COMMENT '16 hex digits a statement',"
                " {}, {}, {},"
                " connection_id BIGINT UNSIGNED NOT NULL,"
                " run_id VARCHAR(64) NOT NULL,"
                " at DATETIME(6) NOT NULL COMMENT 'UTC',"
                " {},"
                " PRIMARY KEY (kind, id, first_statement)",
                witnesses, log_file, log_offset, variables),
            "migrate: how far unfinished steps are"),
      table(ledger_table,
            "kind VARCHAR(16) NOT NULL COMMENT 'versioned or repeatable',"
            " id VARCHAR(190) NOT NULL COMMENT 'version without leading zeros, or name of a ddl "
            "file',"
            " name VARCHAR(255) NOT NULL,"
            " state VARCHAR(16) NOT NULL COMMENT 'applied, baselined, partly_up or partly_down',"
            " checksum_rule VARCHAR(32) NOT NULL,"
            " checksum VARCHAR(128) NOT NULL COMMENT 'of the file that ran last',"
            " statements BIGINT UNSIGNED NOT NULL COMMENT 'in that file',"
            " applied_order BIGINT UNSIGNED NOT NULL COMMENT 'higher: applied later',"
            " changed_at DATETIME(6) NOT NULL COMMENT 'UTC',"
            " run_id VARCHAR(64) NOT NULL,"
            " duration_us BIGINT UNSIGNED NOT NULL,"
            " PRIMARY KEY (kind, id), KEY by_order (applied_order)",
            "migrate: one row a step"),
      table(format_table,
            "format INT UNSIGNED NOT NULL,"
            " tool_version VARCHAR(64) NOT NULL COMMENT 'version of migrate that brought the "
            "history to this format',"
            " PRIMARY KEY (format)",
            "migrate: layout of these tables"),
      // Format 2
      {fmt::format("ALTER TABLE {}.{} ADD COLUMN {} AFTER hashes, ADD COLUMN {} AFTER witnesses, "
                   "ADD COLUMN {} AFTER log_file",
                   identifier(schema), journal_table, witnesses, log_file, log_offset),
       TableColumn{journal_table, "witnesses"}},
      // Format 3
      {fmt::format("ALTER TABLE {}.{} ADD COLUMN {} AFTER message", identifier(schema), log_table,
                   plan),
       TableColumn{log_table, "plan"}},
      {fmt::format("ALTER TABLE {}.{} ADD COLUMN {}", identifier(schema), journal_table, variables),
       TableColumn{journal_table, "variables"}},
      // Format 4
      table(schema_table,
            fmt::format("kind VARCHAR(16) NOT NULL COMMENT 'of object; open: a run that may have "
                        "changed some, "
                        "and did not come to keep them',"
                        " name VARCHAR(190) NOT NULL COMMENT 'of the object; of open, its run',"
                        " of_table VARCHAR(190) NOT NULL COMMENT 'of a trigger',"
                        " fingerprint VARCHAR(64) NOT NULL,"
                        " definition MEDIUMTEXT NOT NULL,"
                        " sql_mode TEXT NOT NULL COMMENT 'of a program: when it was created, as "
                        "the next ones',"
                        " charset VARCHAR(64) NOT NULL,"
                        " collation VARCHAR(64) NOT NULL,"
                        " database_collation VARCHAR(64) NOT NULL,"
                        " time_zone VARCHAR(64) NOT NULL,"
                        " run_id VARCHAR(64) NOT NULL COMMENT 'that looked at it last',"
                        " at DATETIME(6) NOT NULL COMMENT 'UTC',"
                        " {},"
                        " PRIMARY KEY (kind, name)",
                        fires_behind),
            "migrate: what the objects of the schema were behind the last run"),
      // Format 5
      {fmt::format("ALTER TABLE {}.{} ADD COLUMN {}", identifier(schema), schema_table,
                   fires_behind),
       TableColumn{schema_table, "fires_behind"}},
      table(text_table,
            "id VARCHAR(190) NOT NULL COMMENT 'name of a ddl file',"
            " checksum VARCHAR(128) NOT NULL COMMENT 'the one that the ledger names was applied "
            "last',"
            " text LONGBLOB NOT NULL COMMENT 'in whatever character set it is',"
            " run_id VARCHAR(64) NOT NULL,"
            " at DATETIME(6) NOT NULL COMMENT 'UTC',"
            " PRIMARY KEY (id, checksum)",
            "migrate: texts of ddl files"),
      {fmt::format("INSERT IGNORE INTO {}.{} (format, tool_version) VALUES ({}, {})",
                   identifier(schema), format_table, history_format, literal(tool_version))},
  };
}

}  // namespace migrate::mysql
