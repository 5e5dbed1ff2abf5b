#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace migrate::core {

/// "1,234,567"
std::string human_number(std::uint64_t number);

/// "1 statement", "3 statements"
std::string counted(std::uint64_t number, std::string_view noun);

}  // namespace migrate::core
