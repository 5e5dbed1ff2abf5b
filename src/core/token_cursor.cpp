#include "token_cursor.h"

#include <algorithm>

#include "ascii.h"

namespace migrate::core {
namespace {

char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 't':
      return '\t';
    case 'r':
      return '\r';
    case 'b':
      return '\b';
    case '0':
      return '\0';
    case 'Z':
      return '\x1A';
    default:
      return c;
  }
}

}  // namespace

TokenCursor::TokenCursor(std::string_view statement, const LexRules& rules)
    : statement_(statement), lexer_(rules) {
  advance();
}

void TokenCursor::advance() {
  if (!at_end()) end_of_previous_ = begin() + text_.size();
  for (;;) {
    const Token token = lexer_.next(statement_, Lexer::Input::complete, Lexer::Reading::tokens);
    switch (token.kind) {
      case TokenKind::comment:
      case TokenKind::hint:
      case TokenKind::conditional_open:
      case TokenKind::conditional_close:
        continue;
      case TokenKind::delimiter:
        kind_ = TokenKind::punctuation;
        text_ = statement_.substr(token.begin, 1);
        return;
      case TokenKind::word:
      case TokenKind::string:
      case TokenKind::quoted_identifier:
      case TokenKind::punctuation:
        kind_ = token.kind;
        text_ = statement_.substr(token.begin, token.end - token.begin);
        return;
      default:
        kind_ = TokenKind::end;
        text_ = {};
        return;
    }
  }
}

void TokenCursor::advance_over_group() {
  int depth = 0;
  do {
    if (at_mark('(')) ++depth;
    if (at_mark(')')) --depth;
    advance();
  } while (depth > 0 && !at_end());
}

std::size_t TokenCursor::begin() const {
  if (at_end()) return statement_.size();
  return static_cast<std::size_t>(text_.data() - statement_.data());
}

std::string TokenCursor::take_group() {
  const std::size_t inside = begin() + 1;
  advance_over_group();
  return std::string(slice(inside, std::max(inside, end_of_previous_ - 1)));
}

bool TokenCursor::at(std::string_view keyword) const {
  return kind_ == TokenKind::word && equals_keyword(text_, keyword);
}

bool TokenCursor::at_mark(char mark) const {
  return kind_ == TokenKind::punctuation && text_.front() == mark;
}

bool TokenCursor::at_name() const {
  return kind_ == TokenKind::word || kind_ == TokenKind::quoted_identifier ||
         kind_ == TokenKind::string;
}

bool TokenCursor::take(std::string_view keyword) {
  if (!at(keyword)) return false;
  advance();
  return true;
}

bool TokenCursor::take_mark(char mark) {
  if (!at_mark(mark)) return false;
  advance();
  return true;
}

std::string TokenCursor::take_text() {
  std::string value;
  if (kind_ != TokenKind::string && kind_ != TokenKind::quoted_identifier) {
    value = text_;
  } else {
    const char quote = text_.front();
    const bool escapes = kind_ == TokenKind::string && !lexer_.rules().no_backslash_escapes;
    const std::string_view inner = text_.substr(1, text_.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
      if (inner[i] == '\\' && escapes && i + 1 < inner.size()) {
        const char escaped = inner[++i];
        // Only LIKE undoes these (https://dev.mysql.com/doc/refman/8.4/en/string-literals.html).
        if (escaped == '%' || escaped == '_') value += '\\';
        value += unescaped(escaped);
        continue;
      }
      if (inner[i] == quote) ++i;
      value += inner[i];
    }
  }
  advance();
  return value;
}

}  // namespace migrate::core
