#pragma once

#include <string>
#include <string_view>

#include "lexer.h"

namespace migrate::core::schema {

/// The text of a program, and whose it is.
struct Defined {
  std::string text;
  std::string definer;  ///< "`user`@`host`"; empty: the text had none
};

/// The definer at the front of a text, cut out of it.
Defined without_definer(std::string_view text, const LexRules& rules);

/// Puts it back where the grammar has it.
std::string with_definer(const std::string& text, const std::string& definer);

}  // namespace migrate::core::schema
