#pragma once

#include <string_view>

#include "core/statement.h"
#include "lexer.h"

namespace migrate::core {

struct Classification {
  Effect effect = Effect::schema;
  Bracket bracket = Bracket::none;
  Travel travel = Travel::alone;
};

/// What a statement does, by its first words; what is inside conditional comments counts. What
/// commits is listed in https://dev.mysql.com/doc/refman/8.4/en/implicit-commit.html. Unknown text
/// is taken for the worst: it may change the schema, and travels alone.
Classification classify(std::string_view statement, const LexRules& rules);

}  // namespace migrate::core
