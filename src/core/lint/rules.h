#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "ascii.h"
#include "core/lint/rule.h"
#include "view.h"

// One function a rule, each in a file of its own; all_rules() lists them.
namespace migrate::core::lint {

// What loses data.
Rule drop_table();
Rule drop_column();
Rule drop_view();
Rule drop_routine();
Rule drop_schema();
Rule drop_index();
Rule drop_partition();
Rule truncate_table();
Rule narrowing();
Rule delete_without_where();
Rule update_without_where();
Rule ignore_errors();
Rule down_loses_data();

// What breaks running programs.
Rule rename_table();
Rule rename_column();
Rule not_null_without_default();
Rule nullable_to_not_null();
Rule drop_constraint();
Rule drop_primary_key();

// What fails or blocks on a table with rows.
Rule alter_without_algorithm();
Rule unique_on_existing_rows();
Rule add_foreign_key();
Rule check_on_existing_rows();
Rule stored_column_added();
Rule expression_default_added();
Rule auto_increment_added();
Rule charset_conversion();
Rule mergeable_alters();
Rule index_recreated();
Rule lock_tables();
Rule mixed_ddl_and_data();

// How tables are made.
Rule missing_primary_key();
Rule implicit_charset();
Rule utf8mb3();
Rule float_for_money();
Rule float_column();
Rule engine_not_innodb();
Rule foreign_key_without_index();
Rule foreign_key_parent();
Rule inline_references();
Rule duplicate_index();
Rule zero_date();
Rule integer_display_width();
Rule small_auto_increment();
Rule timestamp_column();
Rule reserved_word();
Rule uppercase_table_name();

// What differs between runs, servers and replicas.
Rule non_deterministic();
Rule unsafe_for_replication();
Rule limit_without_order_by();
Rule create_table_select();
Rule ambiguous_on_duplicate_key();
Rule insert_without_columns();
Rule select_star();
Rule explicit_definer();
Rule set_global();
Rule checks_off();
Rule binary_log_off();
Rule named_schema();

// The files themselves.
Rule missing_down();
Rule own_transaction();
Rule dynamic_sql();
Rule useless_allow();

// What several rules ask.

/// Objects of these kinds that the statement drops and that the step did not make itself.
std::vector<Remark> dropped_objects(const StatementView& view,
                                    std::initializer_list<ObjectKind> kinds,
                                    const std::string& advice);

/// Whether an index on `columns` serves whoever needs one on `first`.
bool begins_with(const std::vector<std::string>& columns, const std::vector<std::string>& first);

/// One that serves every query that `index` serves. Of two that are equal, the later one is blamed
/// (in the list it stands behind the other), but never the primary key. Null: there is none.
const KnownIndex* better_index(const KnownIndex& index, const KnownTable& table);
/// "by_name (name, born)"
std::string shown(const KnownIndex& index);

bool is_approximate(const ColumnType& type);
/// By its name: price, unit_price, TotalAmount.
bool is_money(std::string_view column);

/// CREATE TABLE … SELECT
bool copies_rows(const StatementView& view);

}  // namespace migrate::core::lint
