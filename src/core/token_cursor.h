#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "lexer.h"

namespace migrate::core {

/// Reads a whole statement token by token. Comments and hints are skipped, conditional comments are
/// read as if they were executed.
class TokenCursor {
 public:
  TokenCursor(std::string_view statement, const LexRules& rules);

  /// At the end, or where the text cannot be read.
  bool at_end() const { return kind_ == TokenKind::end; }
  TokenKind kind() const { return kind_; }
  /// The bytes of the token; empty at the end.
  std::string_view text() const { return text_; }
  /// Where the token begins in the statement; the statement's size at the end.
  std::size_t begin() const {
    return at_end() ? statement_.size()
                    : static_cast<std::size_t>(text_.data() - statement_.data());
  }
  void advance();

  /// An unquoted word, compared without case.
  bool at(std::string_view keyword) const;
  bool at_mark(char mark) const;
  /// A word or a name in quotes of any kind (whether "x" is a name depends on a mode that the
  /// caller may not know).
  bool at_name() const;

  /// Advances if at() or at_mark().
  bool take(std::string_view keyword);
  bool take_mark(char mark);
  /// The value of at_name() or a string, without its quotes; advances.
  std::string take_text();

 private:
  std::string_view statement_;
  Lexer lexer_;
  TokenKind kind_ = TokenKind::end;
  std::string_view text_;
};

}  // namespace migrate::core
