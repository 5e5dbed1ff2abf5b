#pragma once

#include <string>
#include <string_view>

#include "core/audit/facts.h"
#include "core/audit/policy.h"

namespace migrate::core::audit {

/// Of the table of this object, "orders" or "orders.total"; null: no ddl file declares it.
const Declaration* declaration_of(const Facts& facts, std::string_view object);

/// Whether a ddl file names another collation than the canon's, for the table, or for the column
/// itself or by its table. What names none gets the schema's, and is to follow it.
bool is_declared_otherwise(const Facts& facts, const Canon& canon, std::string_view object);

/// Whether a ddl file says NULL at each column of this unique key, "orders.by_code", that takes it.
bool is_declared_nullable(const Facts& facts, std::string_view key);

}  // namespace migrate::core::audit
