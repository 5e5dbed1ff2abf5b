#include "core/statement.h"

#include "classify.h"
#include "lexer.h"
#include "token_cursor.h"

namespace migrate::core {

Effect effect_of(std::string_view text) {
  return classify(text, LexRules{}).effect;
}

bool restores_session(const Statement& statement) {
  if (statement.effect != Effect::session) return false;
  const TokenCursor cursor(statement.text, LexRules{});
  return cursor.at("SET") || cursor.at("USE") || cursor.at("PREPARE") || cursor.at("DEALLOCATE");
}

}  // namespace migrate::core
