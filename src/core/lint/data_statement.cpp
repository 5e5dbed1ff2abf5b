#include "data_statement.h"

#include <array>
#include <utility>

#include "ascii.h"
#include "keyword_set.h"
#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

// Functions that are called without parentheses too
// (https://dev.mysql.com/doc/refman/8.4/en/date-and-time-functions.html).
constexpr KeywordSet niladic(std::array<std::string_view, 9>{
    "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "CURRENT_USER", "LOCALTIME",
    "LOCALTIMESTAMP", "UTC_DATE", "UTC_TIME", "UTC_TIMESTAMP"});

/// What is seen at one depth of parentheses.
struct Level {
  bool ordered = false;    ///< an ORDER BY was met
  bool is_exists = false;  ///< EXISTS (…): what is selected does not matter
};

class Reader {
 public:
  explicit Reader(std::string_view text) : cursor_(text, {}) {}

  DataStatement read() {
    if (!skip_set_statement(cursor_)) return {};
    skip_common_tables();
    verb();
    rest();
    return std::move(result_);
  }

 private:
  using Verb = DataStatement::Verb;

  // WITH … in front of the verb; what is in its parentheses is looked at as well.
  void skip_common_tables() {
    if (!cursor_.at("WITH")) return;
    while (!cursor_.at_end() && !(levels_.size() == 1 && at_verb())) token();
  }

  bool at_verb() const {
    return cursor_.at("SELECT") || cursor_.at("UPDATE") || cursor_.at("DELETE") ||
           cursor_.at("INSERT") || cursor_.at("REPLACE");
  }

  void skip_modifiers() {
    static constexpr std::array<std::string_view, 6> words{
        "LOW_PRIORITY", "HIGH_PRIORITY", "DELAYED", "QUICK", "CONCURRENT", "INTO"};
    for (bool found = true; found;) {
      found = false;
      if (cursor_.take("IGNORE")) found = result_.ignores = true;
      for (const std::string_view word : words) found = cursor_.take(word) || found;
    }
  }

  void target() {
    if (auto name = take_object_name(cursor_, ObjectKind::table)) result_.target = *name;
  }

  void verb() {
    if (cursor_.take("INSERT")) {
      inserted(Verb::insert);
    } else if (cursor_.take("REPLACE")) {
      inserted(Verb::replace);
    } else if (cursor_.take("UPDATE")) {
      result_.verb = Verb::update;
      skip_modifiers();
      target();
    } else if (cursor_.take("DELETE")) {
      result_.verb = Verb::remove;
      skip_modifiers();
      cursor_.take("FROM");
      target();
    } else if (cursor_.take("LOAD")) {
      result_.verb = Verb::load;
      while (!cursor_.at_end() && !cursor_.take("TABLE")) cursor_.advance();
      target();
    }
  }

  void inserted(Verb verb) {
    result_.verb = verb;
    skip_modifiers();
    target();
    if (cursor_.take("PARTITION")) cursor_.advance_over_group();
    TokenCursor ahead = cursor_;
    if (ahead.take_mark('(')) {
      // A query may be in parentheses too.
      result_.names_columns = !ahead.at("SELECT") && !ahead.at("WITH") && !ahead.at_mark('(');
      if (result_.names_columns) cursor_.advance_over_group();
    } else {
      result_.names_columns = cursor_.at("SET");
    }
  }

  void rest() {
    while (!cursor_.at_end()) token();
  }

  bool is_outermost() const { return levels_.size() == 1; }

  void token() {
    if (cursor_.kind() == TokenKind::punctuation) return mark();
    if (cursor_.kind() != TokenKind::word || behind_dot_) {
      behind_dot_ = false;
      return cursor_.advance();
    }
    const std::size_t offset = cursor_.begin();
    if (cursor_.take("SELECT")) {
      selected();
    } else if (cursor_.take("ORDER")) {
      levels_.back().ordered = true;
    } else if (cursor_.take("LIMIT")) {
      if (is_outermost()) result_.is_qualified = true;
      if (!levels_.back().ordered && !result_.unordered_limit && !cursor_.at_mark('('))
        result_.unordered_limit = offset;
    } else if (cursor_.take("UNION") || cursor_.take("EXCEPT") || cursor_.take("INTERSECT")) {
      levels_.back().ordered = false;
    } else if (cursor_.take("WHERE")) {
      if (is_outermost() && !is_always_true(cursor_)) result_.is_qualified = true;
    } else if (cursor_.take("JOIN")) {
      if (is_outermost()) joined_ = true;
    } else if (cursor_.take("USING")) {
      if (is_outermost() && joined_) result_.is_qualified = true;
    } else if (cursor_.take("ON")) {
      if (cursor_.at("DUPLICATE")) {
        result_.on_duplicate = offset;
      } else if (is_outermost() && joined_) {
        result_.is_qualified = true;
      }
    } else {
      word(offset);
    }
  }

  void mark() {
    behind_dot_ = cursor_.at_mark('.');
    if (cursor_.at_mark('(')) levels_.push_back({.is_exists = behind_exists_});
    behind_exists_ = false;
    if (cursor_.at_mark(')') && !is_outermost()) levels_.pop_back();
    cursor_.advance();
  }

  void selected() {
    if (result_.verb == Verb::insert || result_.verb == Verb::replace) result_.selects = true;
    while (cursor_.take("DISTINCT") || cursor_.take("ALL") || cursor_.take("SQL_NO_CACHE")) {
    }
    if (result_.star || levels_.back().is_exists) return;
    if (cursor_.at_mark('*')) result_.star = cursor_.begin();
    TokenCursor ahead = cursor_;  // t.*
    if (ahead.at_name()) {
      ahead.advance();
      if (ahead.take_mark('.') && ahead.at_mark('*')) result_.star = cursor_.begin();
    }
  }

  void word(std::size_t offset) {
    const std::string_view name = cursor_.text();
    const bool needs_none = niladic.contains(name);
    behind_exists_ = cursor_.at("EXISTS");
    cursor_.advance();
    if (needs_none || cursor_.at_mark('(')) result_.calls.push_back({to_upper(name), offset});
  }

  // 1, TRUE, 1 = 1, and nothing behind it that could make it false.
  static bool is_always_true(TokenCursor cursor) {
    const std::string_view first = cursor.text();
    if (cursor.kind() != TokenKind::word || !(first == "1" || cursor.at("TRUE"))) return false;
    cursor.advance();
    if (cursor.take_mark('=')) {
      if (cursor.text() != first) return false;
      cursor.advance();
    }
    return cursor.at_end() || cursor.at("ORDER") || cursor.at("OR") || cursor.at_mark(';');
  }

  TokenCursor cursor_;
  DataStatement result_;
  std::vector<Level> levels_ = std::vector<Level>(1);
  bool behind_dot_ = false;
  bool behind_exists_ = false;
  bool joined_ = false;
};

}  // namespace

DataStatement read_data_statement(std::string_view statement) {
  return Reader(statement).read();
}

}  // namespace migrate::core::lint
