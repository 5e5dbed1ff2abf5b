#include "core/highlight.h"

#include <algorithm>
#include <array>

#include "keyword_set.h"
#include "lexer.h"
#include "lint/reserved_words.h"

namespace migrate::core {
namespace {

// Not reserved, and seldom anything but a keyword in what a migration says.
constexpr KeywordSet more_keywords(std::to_array<std::string_view>(
    {"ALGORITHM",   "AUTO_INCREMENT", "BEGIN",     "BIT",       "BOOLEAN",  "CHARSET",
     "COMMENT",     "COMMIT",         "COPY",      "DATE",      "DATETIME", "DEALLOCATE",
     "DEFINER",     "DISABLE",        "DO",        "DUPLICATE", "DYNAMIC",  "ENABLE",
     "END",         "ENFORCED",       "ENGINE",    "ENUM",      "EVENT",    "EXECUTE",
     "FUNCTION",    "INPLACE",        "INSTANT",   "INVISIBLE", "INVOKER",  "JSON",
     "MODIFY",      "NAMES",          "NO",        "OFFSET",    "PREPARE",  "ROLLBACK",
     "ROW_FORMAT",  "SECURITY",       "SEQUENCE",  "SESSION",   "SHARED",   "SIGNED",
     "START",       "TABLES",         "TEMPORARY", "TEXT",      "TIME",     "TIMESTAMP",
     "TRANSACTION", "TRUNCATE",       "UUID",      "VIEW",      "VISIBLE",  "YEAR"}));

SqlPart part_of_word(std::string_view word) {
  if (word.front() >= '0' && word.front() <= '9') return SqlPart::number;
  const bool keyword = lint::is_reserved_word(word) || more_keywords.contains(word);
  return keyword ? SqlPart::keyword : SqlPart::plain;
}

SqlPart part_of(const Token& token, std::string_view text) {
  switch (token.kind) {
    case TokenKind::word:
      return part_of_word(text);
    case TokenKind::string:
    case TokenKind::dollar_string:
      return SqlPart::string;
    case TokenKind::quoted_identifier:
      return SqlPart::name;
    case TokenKind::comment:
    case TokenKind::hint:
    case TokenKind::conditional_open:
    case TokenKind::conditional_close:
      return SqlPart::comment;
    default:
      return SqlPart::plain;
  }
}

bool can_be_read(TokenKind kind) {
  return kind < TokenKind::need_input;
}

}  // namespace

std::vector<SqlSpan> highlight(std::string_view sql) {
  std::vector<SqlSpan> spans;
  std::size_t at = 0;
  const auto add = [&](SqlPart part, std::size_t end) {
    if (end <= at) return;
    const bool joins = !spans.empty() && spans.back().part == part && part == SqlPart::plain;
    if (joins) {
      spans.back().end = end;
    } else {
      spans.push_back({part, at, end});
    }
    at = end;
  };
  Lexer lexer;
  while (at < sql.size()) {
    const Token token = lexer.next(sql, Lexer::Input::complete, Lexer::Reading::everything);
    if (!can_be_read(token.kind)) break;
    add(SqlPart::plain, token.begin);
    add(part_of(token, sql.substr(token.begin, token.end - token.begin)), token.end);
  }
  add(SqlPart::plain, sql.size());
  return spans;
}

}  // namespace migrate::core
