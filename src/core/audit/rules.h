#pragma once

#include <string>

#include "core/audit/rule.h"

// One function a rule, each in a file of its own; all_rules() lists them.
namespace migrate::core::audit {

// Character sets and collations.
Rule schema_collation();
Rule table_collation();
Rule column_collation();
Rule program_collation();
Rule connection_collation();

// How tables are made.
Rule engine_not_innodb();
Rule row_format();
Rule missing_primary_key();
Rule reserved_word();

// Ids.
Rule reference_type();
Rule id_type();
Rule auto_increment_end();

// Indexes.
Rule duplicate_index();
Rule foreign_key_without_index();
Rule nullable_unique_key();

// Values.
Rule zero_date();
Rule float_for_money();

// Programs.
Rule missing_definer();
Rule broken_view();

// What migrate knows.
Rule outside_history();
Rule useless_allow();

/// "orders.total"
inline std::string column_name(const schema::Table& table, const schema::Column& column) {
  return table.name + "." + column.name;
}

/// Whether the column is text whose collation somebody may choose. MariaDB's JSON is a LONGTEXT of
/// its own (https://mariadb.com/kb/en/json/).
inline bool has_chosen_collation(const schema::Column& column) {
  return !column.collation.empty() && !column.check.starts_with("json_valid(");
}

}  // namespace migrate::core::audit
