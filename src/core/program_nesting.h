#pragma once

#include <string_view>
#include <vector>

#include "lexer.h"

namespace migrate::core {

/// Finds the end of a statement that may hold semicolons of its own: a stored program, or a
/// compound statement of MariaDB. It is told every token of one statement and says at each
/// semicolon whether the statement ends there. The grammar it follows is that of
/// https://dev.mysql.com/doc/refman/8.4/en/sql-compound-statements.html,
/// https://mariadb.com/kb/en/using-compound-statements-outside-of-stored-programs/ and
/// https://mariadb.com/kb/en/sql_modeoracle/. A block keyword counts only where a statement may
/// begin, so columns and functions of the same name don't.
class ProgramNesting {
 public:
  /// How a word stands to the byte before it: behind `.` or `@` a keyword is a name.
  enum class Joint { apart, joined };
  enum class Dialect { standard, oracle };

  /// Forgets everything: a new statement begins.
  void reset(Dialect dialect);
  /// A token other than space, comment and semicolon.
  void token(TokenKind kind, std::string_view text, Joint joint);
  /// Whether the semicolon ends the statement.
  bool ends_at_semicolon();

  /// Nothing in the rest of the statement matters; tokens need not be told.
  bool indifferent() const { return state_ == State::indifferent; }
  /// Nothing up to the next semicolon matters.
  bool indifferent_to_semicolon() const { return state_ == State::simple; }
  /// A stored program or compound statement.
  bool is_program() const { return program_; }
  /// In the middle of a block.
  bool is_open() const { return !frames_.empty(); }
  /// The code of a routine in another language may come next.
  bool expects_dollar_string() const { return state_ == State::behind_as; }

 private:
  enum class Frame { block, declarations, branch, loop, repeat };
  enum class State {
    start,
    set,
    set_statement,
    create,
    definer,
    definer_name,
    routine_name,
    routine_parameters,
    routine_tail,
    behind_as,
    trigger_head,
    trigger_order,
    trigger_other,
    event_head,
    package_head,
    top_begin,
    statement,    ///< a statement may begin
    maybe_label,  ///< behind the first word of one
    label_colon,
    oracle_label,
    declare,
    action,  ///< behind CONTINUE, EXIT or UNDO
    handler,
    handler_condition,
    behind_condition,
    condition,  ///< an expression that THEN, DO, LOOP or END REPEAT ends
    simple,     ///< up to the semicolon
    indifferent,
  };
  enum class Ender { then, body, end_repeat };

  void begin_statement(TokenKind kind, std::string_view text);
  void top_word(TokenKind kind, std::string_view text);
  void create_word(std::string_view text);
  void tail_token(TokenKind kind, std::string_view text);
  void condition_token(TokenKind kind, std::string_view text);
  void enter_condition(Ender ender);
  void count_parentheses(TokenKind kind, std::string_view text);
  void pop();

  Dialect dialect_ = Dialect::standard;
  State state_ = State::start;
  std::vector<Frame> frames_;
  bool program_ = false;
  bool has_definer_ = false;
  bool returns_ = false;  ///< the routine's RETURNS was met
  bool type_follows_ =
      false;              ///< the word before takes a type or a character set: SET is none of ours
  bool each_ = false;     ///< the word before was EACH
  bool operand_ = false;  ///< the token before was the end of an operand
  bool until_end_ = false;  ///< an END that ends the loop if REPEAT follows
  Ender ender_ = Ender::then;
  int case_depth_ = 0;
  int parentheses_ = 0;
  int angles_ = 0;
};

}  // namespace migrate::core
