#pragma once

#include <functional>
#include <string>

#include "token_cursor.h"

namespace migrate::core {

/// One assignment of a SET statement
/// (https://dev.mysql.com/doc/refman/8.4/en/set-variable.html).
struct Assignment {
  enum class Scope { session, global };
  enum class Target { variable, user_variable, names, character_set, other };
  Scope scope = Scope::session;  ///< of a variable; global stands for PERSIST and PERSIST_ONLY too
  Target target = Target::other;
  std::string name;  ///< of a variable, in upper case
};

/// Calls `visit` for each assignment behind the word SET, in order, with a cursor that stands at
/// its value.
void for_each_assignment(TokenCursor behind_set,
                         const std::function<void(const Assignment&, TokenCursor value)>& visit);

}  // namespace migrate::core
