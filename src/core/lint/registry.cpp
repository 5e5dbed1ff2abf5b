#include <algorithm>

#include <fmt/format.h>

#include "core/suggestion.h"
#include "lint/rules.h"

namespace migrate::core::lint {

std::vector<Rule> all_rules() {
  return {
      drop_table(),
      drop_column(),
      drop_view(),
      drop_routine(),
      drop_schema(),
      drop_index(),
      drop_partition(),
      truncate_table(),
      narrowing(),
      delete_without_where(),
      update_without_where(),
      ignore_errors(),
      down_loses_data(),
      rename_table(),
      rename_column(),
      not_null_without_default(),
      nullable_to_not_null(),
      drop_constraint(),
      drop_primary_key(),
      alter_without_algorithm(),
      unique_on_existing_rows(),
      add_foreign_key(),
      check_on_existing_rows(),
      stored_column_added(),
      expression_default_added(),
      auto_increment_added(),
      charset_conversion(),
      mergeable_alters(),
      index_recreated(),
      lock_tables(),
      mixed_ddl_and_data(),
      missing_primary_key(),
      implicit_charset(),
      utf8mb3(),
      float_for_money(),
      float_column(),
      engine_not_innodb(),
      foreign_key_without_index(),
      foreign_key_parent(),
      inline_references(),
      duplicate_index(),
      zero_date(),
      integer_display_width(),
      small_auto_increment(),
      timestamp_column(),
      reserved_word(),
      uppercase_table_name(),
      non_deterministic(),
      unsafe_for_replication(),
      limit_without_order_by(),
      create_table_select(),
      ambiguous_on_duplicate_key(),
      insert_without_columns(),
      select_star(),
      explicit_definer(),
      set_global(),
      checks_off(),
      binary_log_off(),
      named_schema(),
      missing_down(),
      own_transaction(),
      dynamic_sql(),
      useless_allow(),
  };
}

const Rule* find_rule(std::span<const Rule> rules, std::string_view name) {
  const auto found = std::ranges::find(rules, name, &Rule::name);
  return found == rules.end() ? nullptr : &*found;
}

std::string unknown_rule(std::span<const Rule> rules, std::string_view name) {
  std::vector<std::string_view> names;
  for (const Rule& rule : rules) names.push_back(rule.name);
  return unknown_rule(std::span<const std::string_view>(names), name);
}

std::string unknown_rule(std::span<const std::string_view> known, std::string_view name) {
  const std::string nearest = core::nearest(name, known);
  return nearest.empty() ? fmt::format("there is no rule '{}'", name)
                         : fmt::format("there is no rule '{}'; did you mean '{}'?", name, nearest);
}

}  // namespace migrate::core::lint
