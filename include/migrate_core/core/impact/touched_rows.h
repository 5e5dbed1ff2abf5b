#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/impact/impact.h"
#include "core/object_name.h"
#include "core/schema/schema.h"

namespace migrate::core::impact {

/// The table whose rows a statement writes, of several the first; nothing where it writes none, or
/// none is found.
std::optional<ObjectName> touched_by_rows(std::string_view statement);

/// OPTIMIZE TABLE.
bool rebuilds_by_name(std::string_view statement);

/// The foreign keys of `schema` that begin or end at one of the tables, by table and name. Those
/// to another schema are left out.
std::vector<ForeignKeyLink> links_of(const std::vector<schema::Table>& schema,
                                     const std::vector<TouchedTable>& tables);

}  // namespace migrate::core::impact
