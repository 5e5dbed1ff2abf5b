#include "literal.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/schema/schema.h"

namespace migrate::mysql {

namespace {

// Letters and signs that are the same in every character set, swe7 and its like too.
bool is_harmless(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view(" _-.:,/()=").find(c) != std::string_view::npos;
}

// Behind an introducer bytes are not converted, and a doubled quote is one in every sql_mode; only
// what a backslash means depends on it.
bool is_plain(char c) {
  return (c >= ' ' && c <= '~' && c != '\\') || c == '\n' || c == '\t';
}

std::string quoted(std::string_view text) {
  std::string quoted = "_utf8mb4'";
  quoted.reserve(text.size() + 16);
  for (const char c : text) {
    if (c == '\'') quoted += c;
    quoted += c;
  }
  quoted += '\'';
  return quoted;
}

}  // namespace

std::string literal(std::string_view text) {
  if (std::ranges::all_of(text, is_harmless)) return fmt::format("'{}'", text);
  if (std::ranges::all_of(text, is_plain)) return quoted(text);
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
