#include "qualifier.h"

#include <array>

#include "keyword_set.h"
#include "token_cursor.h"

namespace migrate::core::schema {
namespace {

/// Whether the cursor stands at `schema` and a dot; `behind` is then at the name behind it.
bool at_qualifier(const TokenCursor& cursor, std::string_view schema, TokenCursor& behind) {
  if (cursor.kind() != TokenKind::quoted_identifier) return false;
  behind = cursor;
  return behind.take_text() == schema && behind.take_mark('.') && behind.at_name();
}

/// Whether a table's name, or a sequence's, may stand behind this word and parentheses.
bool comes_before_table(const TokenCursor& cursor) {
  static constexpr KeywordSet words(std::to_array<std::string_view>(
      {"FROM", "JOIN", "LASTVAL", "NEXTVAL", "SETVAL", "STRAIGHT_JOIN", "VIEW"}));
  return cursor.kind() == TokenKind::word && words.contains(cursor.text());
}

}  // namespace

std::string without_qualifier(std::string_view text, std::string_view schema) {
  std::string result;
  std::size_t kept = 0;
  TokenCursor cursor(text, {});
  for (TokenCursor behind = cursor; !cursor.at_end(); cursor.advance()) {
    const bool second = cursor.take_mark('.');
    if (second || !at_qualifier(cursor, schema, behind)) continue;
    result += cursor.slice(kept, cursor.begin());
    kept = behind.begin();
    cursor = behind;
  }
  return result + std::string(text.substr(kept));
}

std::string view_without_qualifier(std::string_view text, std::string_view schema) {
  std::string result;
  std::size_t kept = 0;
  bool table_comes = false;
  TokenCursor cursor(text, {});
  for (TokenCursor behind = cursor; !cursor.at_end();) {
    if (at_qualifier(cursor, schema, behind)) {
      TokenCursor further = behind;
      further.advance();
      if (table_comes || further.at_mark('.') || further.at_mark('(')) {
        result += cursor.slice(kept, cursor.begin());
        kept = behind.begin();
        cursor = behind;
      }
    }
    // Nothing in a name of several parts is a qualifier but its first.
    while (cursor.at_name()) {
      table_comes = comes_before_table(cursor);
      cursor.advance();
      if (!cursor.take_mark('.')) break;
    }
    if (cursor.at_name() || cursor.at_end()) continue;
    if (!cursor.at_mark('(')) table_comes = false;
    cursor.advance();
  }
  return result + std::string(text.substr(kept));
}

}  // namespace migrate::core::schema
