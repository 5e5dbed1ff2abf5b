#pragma once

#include <string>
#include <string_view>

#include "ascii.h"

namespace migrate::core {

/// What the name of an id ends with, behind the name of what it is of.
inline constexpr std::string_view id_suffix = "_id";

/// Whether a column of this name holds ids: `id` or `…_id`, in any case of letters.
inline bool is_id_name(std::string_view column) {
  const std::string name = to_lower(column);
  return name == id_suffix.substr(1) || name.ends_with(id_suffix);
}

}  // namespace migrate::core
