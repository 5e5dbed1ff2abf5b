#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace migrate::core {

/// The schema that a USE makes the current one; nothing for another statement.
std::optional<std::string> used_schema(std::string_view statement);

}  // namespace migrate::core
