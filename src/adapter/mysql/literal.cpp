#include "literal.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/schema.h"

namespace migrate::mysql {

std::string literal(std::string_view text) {
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" _-.:,/@()=").find(c) != std::string_view::npos;
  };
  if (std::ranges::all_of(text, harmless)) return fmt::format("'{}'", text);
  return fmt::format("_utf8mb4 x'{}'", hex_digits(text));
}

std::string hex_digits(std::string_view bytes) {
  constexpr std::string_view digit = "0123456789abcdef";
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    digits += digit[byte >> 4U];
    digits += digit[byte & 0xfU];
  }
  return digits;
}

std::string identifier(std::string_view name) {
  return core::schema::quoted_name(name);
}

}  // namespace migrate::mysql
