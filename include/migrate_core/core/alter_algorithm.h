#pragma once

#include <string>
#include <string_view>

namespace migrate::core {

/// An ALTER TABLE, CREATE INDEX or DROP INDEX that asks for an ALGORITHM or a LOCK, with both left
/// to the server: a temporary table is altered in one way only.
std::string with_default_algorithm(std::string_view statement);

}  // namespace migrate::core
