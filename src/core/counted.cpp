#include "core/counted.h"

#include <fmt/format.h>

namespace migrate::core {

std::string human_number(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string counted(std::uint64_t number, std::string_view noun) {
  return fmt::format("{} {}{}", human_number(number), noun, number == 1 ? "" : "s");
}

}  // namespace migrate::core
