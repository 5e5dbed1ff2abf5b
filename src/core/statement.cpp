#include "core/statement.h"

#include <utility>

#include "classify.h"
#include "lexer.h"
#include "set_statement.h"
#include "token_cursor.h"

namespace migrate::core {

Effect effect_of(std::string_view text) {
  return classify(text, LexRules{}).effect;
}

bool sets_session_variables(std::string_view statement) {
  TokenCursor cursor(statement, LexRules{});
  if (!cursor.take("SET") || cursor.at("STATEMENT")) return false;
  bool found = false;
  for_each_assignment(std::move(cursor),
                      [&found](const Assignment& assignment, const TokenCursor&) {
                        found = found || assignment.target != Assignment::Target::user_variable;
                      });
  return found;
}

bool restores_session(const Statement& statement) {
  if (statement.effect != Effect::session) return false;
  const TokenCursor cursor(statement.text, LexRules{});
  return cursor.at("SET") || cursor.at("USE") || cursor.at("PREPARE") || cursor.at("DEALLOCATE");
}

}  // namespace migrate::core
