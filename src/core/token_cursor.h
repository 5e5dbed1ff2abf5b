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
  void advance();
  /// Over a token, or over all that is in parentheses.
  void advance_over_group();

  /// Where the token begins; at the end, the statement's size.
  std::size_t begin() const;
  /// Where the token in front of it ended.
  std::size_t end_of_previous() const { return end_of_previous_; }
  /// The statement from one place to another, as it stands there.
  std::string_view slice(std::size_t from, std::size_t to) const {
    return statement_.substr(from, to - from);
  }

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
  /// What is in the parentheses at the cursor, as it stands there, without them.
  std::string take_group();

 private:
  std::string_view statement_;
  Lexer lexer_;
  TokenKind kind_ = TokenKind::end;
  std::string_view text_;
  std::size_t end_of_previous_ = 0;
};

}  // namespace migrate::core
