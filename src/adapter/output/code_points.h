#pragma once

#include <cstddef>
#include <string_view>

namespace migrate::output {

/// The first character of a text, as UTF-8.
struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  ///< bytes; 1 when not valid
  bool valid = false;
};

/// `text` must not be empty. Overlong forms and surrogates are not valid (RFC 3629).
CodePoint first_code_point(std::string_view text);

/// Columns that a terminal gives the character: 0 for combining and format characters, 2 for East
/// Asian wide ones and emoji (Unicode Standard Annex 11, by block), else 1.
std::size_t columns(char32_t value);

/// Whether printing the character could steer a terminal or reorder its line: C0 and C1 controls,
/// bidirectional controls, line and paragraph separators.
bool is_control(char32_t value);

}  // namespace migrate::output
