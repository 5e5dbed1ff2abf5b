#include "program_nesting.h"

#include <array>

#include "ascii.h"
#include "keyword_set.h"

namespace migrate::core {
namespace {

bool is(TokenKind kind, std::string_view text, std::string_view keyword) {
  return kind == TokenKind::word && equals_keyword(text, keyword);
}

bool is_mark(TokenKind kind, std::string_view text, char mark) {
  return kind == TokenKind::punctuation && text.front() == mark;
}

constexpr KeywordSet block_openers(std::array<std::string_view, 7>{"BEGIN", "CASE", "FOR", "IF",
                                                                   "LOOP", "REPEAT", "WHILE"});

// What can be the whole body of a routine. SET is told from the SET of CHARACTER SET by its user.
constexpr KeywordSet simple_verbs(std::array<std::string_view, 44>{
    "ALTER",      "ANALYZE",  "CACHE",    "CALL",      "CHECK",   "CHECKSUM", "COMMIT",  "CREATE",
    "DEALLOCATE", "DELETE",   "DO",       "DROP",      "EXECUTE", "EXPLAIN",  "FETCH",   "FLUSH",
    "GET",        "GRANT",    "HANDLER",  "INSERT",    "INSTALL", "ITERATE",  "KILL",    "LEAVE",
    "LOCK",       "OPEN",     "OPTIMIZE", "PREPARE",   "RENAME",  "REPAIR",   "REPLACE", "RESET",
    "RESIGNAL",   "REVOKE",   "ROLLBACK", "SAVEPOINT", "SELECT",  "SET",      "SHOW",    "SIGNAL",
    "START",      "TRUNCATE", "UPDATE",   "WITH"});

// Behind these an operand must follow: an END there is a column.
constexpr KeywordSet operators(std::array<std::string_view, 22>{
    "AND",    "BETWEEN", "BY",   "CASE", "DISTINCT", "DIV", "ELSE", "FROM",
    "HAVING", "IN",      "LIKE", "MOD",  "NOT",      "ON",  "OR",   "REGEXP",
    "RLIKE",  "SELECT",  "THEN", "WHEN", "WHERE",    "XOR"});

}  // namespace

void ProgramNesting::reset(Dialect dialect) {
  dialect_ = dialect;
  state_ = State::start;
  frames_.clear();
  program_ = has_definer_ = returns_ = type_follows_ = each_ = operand_ = until_end_ = false;
  case_depth_ = parentheses_ = angles_ = 0;
}

void ProgramNesting::pop() {
  if (!frames_.empty()) frames_.pop_back();
}

bool ProgramNesting::ends_at_semicolon() {
  if (frames_.empty()) return true;
  state_ = State::statement;
  return false;
}

void ProgramNesting::count_parentheses(TokenKind kind, std::string_view text) {
  if (is_mark(kind, text, '(')) ++parentheses_;
  if (is_mark(kind, text, ')') && parentheses_ > 0) --parentheses_;
}

void ProgramNesting::enter_condition(Ender ender) {
  state_ = State::condition;
  ender_ = ender;
  case_depth_ = 0;
  operand_ = until_end_ = false;
}

void ProgramNesting::token(TokenKind kind, std::string_view text, Joint joint) {
  if (kind == TokenKind::word && joint == Joint::joined) kind = TokenKind::quoted_identifier;
  const bool word = kind == TokenKind::word;
  switch (state_) {
    case State::start:
      return top_word(kind, text);
    case State::set:
      state_ = is(kind, text, "STATEMENT") ? State::set_statement : State::indifferent;
      return;
    case State::set_statement:
      if (is(kind, text, "FOR")) state_ = State::start;
      return;
    case State::create:
      if (word) return create_word(text);
      if (!has_definer_) state_ = State::indifferent;
      return;
    case State::definer:
      state_ = State::definer_name;
      return;
    case State::definer_name:
      has_definer_ = true;
      state_ = State::create;
      return;
    case State::routine_name:
      if (is_mark(kind, text, '(')) {
        parentheses_ = 1;
        state_ = State::routine_parameters;
      } else if (word && (equals_keyword(text, "AS") || equals_keyword(text, "IS"))) {
        state_ = State::behind_as;
      } else if (word && (equals_keyword(text, "RETURN") || equals_keyword(text, "RETURNS") ||
                          equals_keyword(text, "LANGUAGE"))) {
        state_ = State::routine_tail;
        tail_token(kind, text);
      }
      return;
    case State::routine_parameters:
      count_parentheses(kind, text);
      if (parentheses_ == 0) state_ = State::routine_tail;
      return;
    case State::routine_tail:
      return tail_token(kind, text);
    case State::behind_as:
      if (kind == TokenKind::dollar_string || kind == TokenKind::string) {
        state_ = State::simple;
        return;
      }
      frames_.push_back(Frame::declarations);
      return begin_statement(kind, text);
    case State::trigger_head:
      if (each_ && is(kind, text, "ROW")) state_ = State::trigger_order;
      each_ = is(kind, text, "EACH");
      return;
    case State::trigger_order:
      if (is(kind, text, "FOLLOWS") || is(kind, text, "PRECEDES")) {
        state_ = State::trigger_other;
        return;
      }
      return begin_statement(kind, text);
    case State::trigger_other:
      state_ = State::statement;
      return;
    case State::event_head:
      count_parentheses(kind, text);
      if (parentheses_ == 0 && is(kind, text, "DO")) state_ = State::statement;
      return;
    case State::package_head:
      if (!word) return;
      if (equals_keyword(text, "AS") || equals_keyword(text, "IS")) {
        frames_.push_back(Frame::declarations);
        state_ = State::statement;
      } else if (equals_keyword(text, "PROCEDURE") || equals_keyword(text, "FUNCTION") ||
                 equals_keyword(text, "DECLARE") || equals_keyword(text, "BEGIN") ||
                 equals_keyword(text, "END")) {
        frames_.push_back(Frame::declarations);
        begin_statement(kind, text);
      }
      return;
    case State::top_begin:
      if (is(kind, text, "NOT") || (dialect_ == Dialect::oracle && !is(kind, text, "WORK"))) {
        program_ = true;
        frames_.push_back(Frame::block);
        return begin_statement(kind, text);
      }
      state_ = State::indifferent;
      return;
    case State::statement:
      return begin_statement(kind, text);
    case State::maybe_label:
      state_ = is_mark(kind, text, ':') ? State::label_colon : State::simple;
      return;
    case State::label_colon:
      if (is_mark(kind, text, '=')) {
        state_ = State::simple;
        return;
      }
      return begin_statement(kind, text);
    case State::oracle_label:
      if (is_mark(kind, text, '>') && --angles_ == 0) state_ = State::statement;
      return;
    case State::declare:
      state_ = is(kind, text, "CONTINUE") || is(kind, text, "EXIT") || is(kind, text, "UNDO")
                   ? State::action
                   : State::simple;
      return;
    case State::action:
      state_ = is(kind, text, "HANDLER") ? State::handler : State::simple;
      return;
    case State::handler:
      state_ = is(kind, text, "FOR") ? State::handler_condition : State::simple;
      return;
    case State::handler_condition:
      if (!is(kind, text, "SQLSTATE") && !is(kind, text, "VALUE") && !is(kind, text, "NOT")) {
        state_ = State::behind_condition;
      }
      return;
    case State::behind_condition:
      if (is_mark(kind, text, ',')) {
        state_ = State::handler_condition;
        return;
      }
      return begin_statement(kind, text);
    case State::condition:
      return condition_token(kind, text);
    case State::simple:
    case State::indifferent:
      return;
  }
}

void ProgramNesting::top_word(TokenKind kind, std::string_view text) {
  state_ = State::indifferent;
  if (dialect_ == Dialect::oracle && (is_mark(kind, text, '<') || is(kind, text, "DECLARE"))) {
    program_ = true;
    return begin_statement(kind, text);
  }
  if (kind != TokenKind::word) return;
  if (equals_keyword(text, "CREATE") || equals_keyword(text, "ALTER")) {
    state_ = State::create;
  } else if (equals_keyword(text, "SET")) {
    state_ = State::set;
  } else if (equals_keyword(text, "BEGIN")) {
    state_ = State::top_begin;
  } else if (block_openers.contains(text)) {
    program_ = true;
    begin_statement(kind, text);
  }
}

void ProgramNesting::create_word(std::string_view text) {
  if (equals_keyword(text, "OR") || equals_keyword(text, "REPLACE") ||
      equals_keyword(text, "AGGREGATE")) {
    return;
  }
  if (equals_keyword(text, "DEFINER")) {
    state_ = State::definer;
    return;
  }
  program_ = true;
  if (equals_keyword(text, "PROCEDURE") || equals_keyword(text, "FUNCTION") ||
      equals_keyword(text, "LIBRARY")) {
    state_ = State::routine_name;
  } else if (equals_keyword(text, "TRIGGER")) {
    state_ = State::trigger_head;
  } else if (equals_keyword(text, "EVENT")) {
    state_ = State::event_head;
  } else if (equals_keyword(text, "PACKAGE")) {
    state_ = State::package_head;
  } else {
    program_ = false;
    state_ = State::indifferent;
  }
}

void ProgramNesting::tail_token(TokenKind kind, std::string_view text) {
  count_parentheses(kind, text);
  const bool type_follows = type_follows_;
  type_follows_ = false;
  if (kind != TokenKind::word || parentheses_ > 0) return;
  if (equals_keyword(text, "AS") || equals_keyword(text, "IS")) {
    state_ = State::behind_as;
  } else if (equals_keyword(text, "RETURNS") || (equals_keyword(text, "RETURN") && !returns_)) {
    // In Oracle mode RETURN gives the type; elsewhere RETURNS came before a body of one RETURN.
    returns_ = type_follows_ = true;
  } else if (equals_keyword(text, "CHARACTER") || equals_keyword(text, "CHAR")) {
    type_follows_ = true;
  } else if (equals_keyword(text, "BEGIN")) {
    // A block of its own, even among the declarations of a package.
    frames_.push_back(Frame::block);
    state_ = State::statement;
  } else if (block_openers.contains(text)) {
    begin_statement(kind, text);
  } else if (!type_follows && (simple_verbs.contains(text) || equals_keyword(text, "RETURN"))) {
    state_ = State::simple;
  }
}

void ProgramNesting::begin_statement(TokenKind kind, std::string_view text) {
  state_ = State::statement;
  if (is_mark(kind, text, '<') && dialect_ == Dialect::oracle) {
    angles_ = 2;
    state_ = State::oracle_label;
    return;
  }
  if (kind != TokenKind::word) {
    state_ = kind == TokenKind::quoted_identifier ? State::maybe_label : State::simple;
    return;
  }
  const bool declaring = !frames_.empty() && frames_.back() == Frame::declarations;
  if (equals_keyword(text, "BEGIN")) {
    if (declaring) {
      frames_.back() = Frame::block;
    } else {
      frames_.push_back(Frame::block);
    }
  } else if (equals_keyword(text, "END")) {
    pop();
    state_ = State::simple;
  } else if (equals_keyword(text, "IF") || equals_keyword(text, "CASE")) {
    frames_.push_back(Frame::branch);
    enter_condition(Ender::then);
  } else if (equals_keyword(text, "ELSEIF") || equals_keyword(text, "ELSIF") ||
             equals_keyword(text, "WHEN")) {
    enter_condition(Ender::then);
  } else if (equals_keyword(text, "LOOP")) {
    frames_.push_back(Frame::loop);
  } else if (equals_keyword(text, "WHILE") || equals_keyword(text, "FOR")) {
    frames_.push_back(Frame::loop);
    enter_condition(Ender::body);
  } else if (equals_keyword(text, "REPEAT")) {
    frames_.push_back(Frame::repeat);
  } else if (equals_keyword(text, "UNTIL")) {
    enter_condition(Ender::end_repeat);
  } else if (equals_keyword(text, "DECLARE")) {
    if (dialect_ == Dialect::oracle) {
      frames_.push_back(Frame::declarations);
    } else {
      state_ = State::declare;
    }
  } else if (equals_keyword(text, "CONTINUE") || equals_keyword(text, "EXIT") ||
             equals_keyword(text, "UNDO")) {
    state_ = State::action;
  } else if (declaring && (equals_keyword(text, "PROCEDURE") || equals_keyword(text, "FUNCTION"))) {
    returns_ = false;
    parentheses_ = 0;
    state_ = State::routine_name;
  } else if (!equals_keyword(text, "ELSE") && !equals_keyword(text, "EXCEPTION") &&
             !equals_keyword(text, "NOT") && !equals_keyword(text, "ATOMIC")) {
    state_ = State::maybe_label;
  }
}

void ProgramNesting::condition_token(TokenKind kind, std::string_view text) {
  const bool operand = operand_;
  const bool word = kind == TokenKind::word;
  operand_ = (word && !operators.contains(text)) || is_mark(kind, text, ')') ||
             (!word && kind != TokenKind::punctuation);
  const bool until_end = until_end_;
  until_end_ = false;
  if (!word) return;
  if (until_end && equals_keyword(text, "REPEAT")) {
    pop();
    state_ = State::simple;
  } else if (equals_keyword(text, "CASE")) {
    ++case_depth_;
  } else if (equals_keyword(text, "END") && operand) {
    if (case_depth_ > 0) {
      --case_depth_;
    } else {
      until_end_ = ender_ == Ender::end_repeat;
    }
  } else if (case_depth_ == 0) {
    const bool ends =
        ender_ == Ender::then
            ? equals_keyword(text, "THEN")
            : ender_ == Ender::body && (equals_keyword(text, "DO") || equals_keyword(text, "LOOP"));
    if (ends) state_ = State::statement;
  }
}

}  // namespace migrate::core
