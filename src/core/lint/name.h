#pragma once

#include <string>
#include <string_view>

#include "ascii.h"
#include "core/object_name.h"

namespace migrate::core::lint {

/// As it is shown, and as Tables knows it.
inline std::string full_name(const ObjectName& name) {
  return name.schema.empty() ? name.name : name.schema + "." + name.name;
}

/// Columns and indexes are compared without case
/// (https://dev.mysql.com/doc/refman/8.4/en/identifier-case-sensitivity.html).
inline bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && to_lower(a) == to_lower(b);
}

}  // namespace migrate::core::lint
