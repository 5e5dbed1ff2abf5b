#include "core/use_statement.h"

#include "lexer.h"
#include "token_cursor.h"

namespace migrate::core {

std::optional<std::string> used_schema(std::string_view statement) {
  TokenCursor cursor(statement, LexRules{});
  if (!cursor.take("USE") || !cursor.at_name()) return std::nullopt;
  return cursor.take_text();
}

}  // namespace migrate::core
