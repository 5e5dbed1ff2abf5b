#include "literal.h"

#include <algorithm>

#include <fmt/format.h>

namespace migrate::mysql {

std::string literal(std::string_view text) {
  const auto harmless = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view(" _-.:,/@()=").find(c) != std::string_view::npos;
  };
  if (std::all_of(text.begin(), text.end(), harmless)) return fmt::format("'{}'", text);
  std::string hex;
  hex.reserve(text.size() * 2);
  for (const char c : text)
    fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned char>(c));
  return fmt::format("_utf8mb4 x'{}'", hex);
}

std::string identifier(std::string_view name) {
  std::string quoted = "`";
  for (const char c : name) {
    if (c == '`') quoted += '`';
    quoted += c;
  }
  return quoted + '`';
}

}  // namespace migrate::mysql
