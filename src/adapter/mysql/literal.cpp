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
  if (std::all_of(text.begin(), text.end(), harmless)) return fmt::format("'{}'", text);
  return fmt::format("_utf8mb4 x'{}'", hex_digits(text));
}

std::string hex_digits(std::string_view bytes) {
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (const char c : bytes)
    fmt::format_to(std::back_inserter(digits), "{:02x}", static_cast<unsigned char>(c));
  return digits;
}

std::string identifier(std::string_view name) {
  return core::schema::quoted_name(name);
}

}  // namespace migrate::mysql
