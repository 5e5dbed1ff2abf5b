#include "core/user_variables.h"

#include <algorithm>
#include <optional>

#include "ascii.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

constexpr std::size_t longest_name = 64;

bool can_be_kept(const std::string& name) {
  return !name.empty() && name.size() <= longest_name &&
         std::ranges::all_of(name, [](char c) { return c >= ' ' && c <= '~'; });
}

/// Where a statement is, from token to token.
class Reader {
 public:
  explicit Reader(std::string_view statement) : cursor_(statement, {}) {
    sets_ = at_target_ = cursor_.take("SET");
    found_.nothing_else = sets_;
    assigns_all_ = cursor_.at("CALL") || cursor_.at("LOAD") || cursor_.at("GET");
  }

  UserVariables read() {
    while (!cursor_.at_end()) {
      if (cursor_.take_mark('@')) {
        name();
      } else {
        other();
      }
    }
    return std::move(found_);
  }

 private:
  void name() {
    if (cursor_.take_mark('@')) {  // a system variable
      leave_target();
      cursor_.advance();
      return;
    }
    if (!cursor_.at_name()) return;
    std::string name = to_lower(cursor_.take_text());
    while (cursor_.take_mark('.')) name += "." + to_lower(cursor_.take_text());
    const bool assigned = at_target_ || behind_into_ || at_assignment();
    at_target_ = false;
    if (!can_be_kept(name)) {
      found_.nothing_else = false;
      return;
    }
    if (!assigned || assigns_all_) found_.read.insert(name);
    if (assigned || assigns_all_) found_.assigned.insert(name);
  }

  void other() {
    const bool comma = cursor_.at_mark(',');
    behind_into_ = cursor_.at("INTO") || (behind_into_ && comma);
    if (cursor_.at_mark('(')) ++depth_;
    if (cursor_.at_mark(')')) --depth_;
    if (sets_ && comma && depth_ == 0) {
      at_target_ = true;
    } else {
      leave_target();
    }
    cursor_.advance();
  }

  bool at_assignment() const {
    TokenCursor ahead = cursor_;
    return ahead.take_mark(':') && ahead.at_mark('=');
  }

  /// What SET assigns here is no user variable.
  void leave_target() {
    if (at_target_) found_.nothing_else = false;
    at_target_ = false;
  }

  TokenCursor cursor_;
  UserVariables found_;
  bool sets_ = false;
  bool at_target_ = false;
  bool behind_into_ = false;
  bool assigns_all_ = false;
  int depth_ = 0;
};

// Most statements of a long file have no @, or only in strings, and are not read word by word for
// that. An @ is looked for as if it were the delimiter, which counts everywhere but in strings,
// comments and conditional comments.
bool may_mention_one(std::string_view statement) {
  if (statement.find('@') == std::string_view::npos) return false;
  Lexer lexer;
  lexer.set_delimiter("@");
  for (;;) {
    const Token token = lexer.next(statement, Lexer::Input::complete, Lexer::Reading::runs);
    switch (token.kind) {
      case TokenKind::delimiter:
      case TokenKind::conditional_open:
        return true;
      case TokenKind::end:
      case TokenKind::unterminated_string:
      case TokenKind::unterminated_identifier:
      case TokenKind::unterminated_comment:
      case TokenKind::nul_byte:
      case TokenKind::client_command:
        return false;
      default:
        break;
    }
  }
}

}  // namespace

UserVariables user_variables(std::string_view statement) {
  return may_mention_one(statement) ? Reader(statement).read() : UserVariables{};
}

}  // namespace migrate::core
