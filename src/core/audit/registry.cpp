#include "audit/rules.h"

namespace migrate::core::audit {

std::vector<Rule> all_rules() {
  return {
      schema_collation(),
      table_collation(),
      column_collation(),
      program_collation(),
      connection_collation(),
      engine_not_innodb(),
      row_format(),
      missing_primary_key(),
      reserved_word(),
      reference_type(),
      id_type(),
      auto_increment_end(),
      duplicate_index(),
      foreign_key_without_index(),
      nullable_unique_key(),
      zero_date(),
      float_for_money(),
      missing_definer(),
      broken_view(),
      outside_history(),
      useless_allow(),
  };
}

}  // namespace migrate::core::audit
