#include "set_statement.h"

#include "ascii.h"

namespace migrate::core {
namespace {

bool take_scope(TokenCursor& cursor, Assignment::Scope& scope) {
  if (cursor.take("GLOBAL") || cursor.take("PERSIST") || cursor.take("PERSIST_ONLY")) {
    scope = Assignment::Scope::global;
    return true;
  }
  if (cursor.take("SESSION") || cursor.take("LOCAL")) {
    scope = Assignment::Scope::session;
    return true;
  }
  return false;
}

void take_equals(TokenCursor& cursor) {
  cursor.take_mark(':');
  cursor.take_mark('=');
}

// A keyword without a modifier takes the scope of the assignment before it, `@@name` never does.
Assignment take_target(TokenCursor& cursor, Assignment::Scope& inherited) {
  Assignment result;
  if (cursor.take_mark('@')) {
    if (!cursor.take_mark('@')) {
      result.target = Assignment::Target::user_variable;
    } else {
      result.target = Assignment::Target::variable;
      if (take_scope(cursor, result.scope)) cursor.take_mark('.');
    }
    result.name = to_upper(cursor.take_text());
    take_equals(cursor);
    return result;
  }
  take_scope(cursor, inherited);
  result.scope = inherited;
  if (cursor.take("NAMES")) {
    result.target = Assignment::Target::names;
  } else if (cursor.take("CHARSET")) {
    result.target = Assignment::Target::character_set;
  } else if (cursor.take("CHARACTER") || cursor.take("CHAR")) {
    cursor.take("SET");
    result.target = Assignment::Target::character_set;
  } else if (cursor.at_name()) {
    result.name = to_upper(cursor.take_text());
    if (cursor.at_mark('=') || cursor.at_mark(':')) result.target = Assignment::Target::variable;
    take_equals(cursor);
  }
  return result;
}

void skip_value(TokenCursor& cursor) {
  int depth = 0;
  while (!cursor.at_end() && (depth > 0 || !cursor.at_mark(','))) {
    if (cursor.at_mark('(')) ++depth;
    if (cursor.at_mark(')')) --depth;
    cursor.advance();
  }
}

}  // namespace

void for_each_assignment(TokenCursor behind_set,
                         const std::function<void(const Assignment&, TokenCursor value)>& visit) {
  Assignment::Scope inherited = Assignment::Scope::session;
  do {
    const Assignment assignment = take_target(behind_set, inherited);
    visit(assignment, behind_set);
    skip_value(behind_set);
  } while (behind_set.take_mark(','));
}

}  // namespace migrate::core
