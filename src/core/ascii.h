#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace migrate::core {

/// ASCII only and independent of the locale: SQL keywords are ASCII whatever the file's character
/// set is.
constexpr char ascii_upper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

constexpr char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// What the server's lexer takes for white space. A no-break space is not.
constexpr bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' || c == '\f';
}

constexpr bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/// Part of an unquoted name, a keyword or a number. Bytes of multi-byte characters are letters.
constexpr bool is_word_byte(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// `upper` is in upper case.
constexpr bool equals_keyword(std::string_view word, std::string_view upper) {
  if (word.size() != upper.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (ascii_upper(word[i]) != upper[i]) return false;
  }
  return true;
}

/// In any case of the letters.
constexpr bool same_word(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (ascii_upper(a[i]) != ascii_upper(b[i])) return false;
  }
  return true;
}

inline std::string to_upper(std::string_view word) {
  std::string result(word);
  std::ranges::transform(result, result.begin(), ascii_upper);
  return result;
}

inline std::string to_lower(std::string_view word) {
  std::string result(word);
  std::ranges::transform(result, result.begin(), ascii_lower);
  return result;
}

}  // namespace migrate::core
