#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/schema/schema.h"

namespace migrate::core::schema {

/// What online-change tools leave beside a table while they work (and `#sql…` of the server).
std::vector<std::string> default_ignore_patterns();

/// Whether one of the patterns matches a whole name: `*` any characters, `?` one, all others
/// themselves.
bool ignored(std::string_view name, const std::vector<std::string>& patterns);

/// Without the objects whose name matches, and without the triggers of such a table.
Schema without_ignored(Schema schema, const std::vector<std::string>& patterns);

}  // namespace migrate::core::schema
