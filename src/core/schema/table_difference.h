#pragma once

#include "core/schema/difference.h"

namespace migrate::core::schema {

/// A table that both schemas have, of which the fingerprints differ.
Difference table_difference(const Table& expected, const Table& found,
                            const Schema& expected_schema, const Schema& found_schema);

/// The statement that adds these foreign keys to a table.
std::string add_foreign_keys(const Table& table, const std::vector<const ForeignKey*>& keys);

/// A CREATE TABLE without these foreign keys.
std::string create_table_without(const Table& table, const std::vector<const ForeignKey*>& keys);

Repair drop_foreign_key(const std::string& table, const std::string& key);

}  // namespace migrate::core::schema
