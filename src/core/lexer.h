#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "client_charset.h"

namespace migrate::core {

/// What of the session changes how the server reads text.
struct LexRules {
  bool ansi_quotes = false;
  bool no_backslash_escapes = false;
  bool oracle = false;
  ClientCharset charset = ClientCharset::plain;

  friend bool operator==(const LexRules&, const LexRules&) = default;
};

enum class TokenKind {
  space,
  comment,  ///< `-- `, `#` without the line end, `/* */`, and the sandbox line of a MariaDB dump
  hint,     ///< an optimizer hint
  word,     ///< a keyword, an unquoted name, a number, \N
  string,   ///< in quotes, doubled quotes included
  quoted_identifier,  ///< in backticks, or in double quotes under ANSI_QUOTES
  dollar_string,      ///< $tag$ … $tag$
  punctuation,        ///< one byte
  run,  ///< any of the above but comments, hints and delimiters; may end in white space
  conditional_open,  ///< the start of a conditional comment, with its version
  conditional_close,
  delimiter,
  need_input,  ///< the token's end lies beyond the input; add to the input and call again
  end,         ///< of the whole text
  // What cannot be read. `begin` is where it begins.
  unterminated_string,
  unterminated_identifier,
  unterminated_comment,
  unterminated_dollar_string,
  nul_byte,
  client_command,  ///< a backslash outside a string
};

/// Offsets into the input.
struct Token {
  TokenKind kind = TokenKind::end;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// What was met since clear_traits().
struct LexTraits {
  bool semicolon = false;    ///< one that is not the delimiter, outside strings and comments
  bool trail_bytes = false;  ///< a character of a charset with ASCII trail bytes
  bool ambiguous_conditional =
      false;  ///< a conditional comment that a server which skips it ends elsewhere
};

/// Cuts text into tokens as the server's lexer does, with the mysql client's delimiter on top. It
/// can stop anywhere and go on when there is more input, without reading any byte twice.
class Lexer {
 public:
  /// Whether more bytes may follow the input.
  enum class Input { partial, complete };
  enum class Reading {
    everything,  ///< white space too
    tokens,
    tokens_or_dollar_string,  ///< $$ opens a string here
    runs,                     ///< for a statement of which only the end is of interest
  };

  explicit Lexer(const LexRules& rules = {});

  const LexRules& rules() const { return rules_; }
  void set_rules(const LexRules& rules);
  /// Not empty.
  void set_delimiter(std::string delimiter);
  const std::string& delimiter() const { return delimiter_; }

  /// The next token of `input`, which is what it was at the last call (less what drop() took from
  /// its front), perhaps with more behind it.
  Token next(std::string_view input, Input state, Reading reading);

  /// How far `input` is read; a token that is not complete counts from its begin.
  std::size_t position() const { return open_ == Open::none ? scan_ : begin_; }
  /// How far `input` was looked at: all of it belongs to the open comment, if position() is in one.
  std::size_t comment_position() const;
  /// Between tokens only.
  void move_to(std::size_t position) { scan_ = position; }
  bool is_between_tokens() const { return open_ == Open::none; }
  /// The first `count` bytes are no longer part of the input.
  void drop(std::size_t count);

  bool in_conditional() const { return conditional_depth_ > 0; }
  const LexTraits& traits() const { return traits_; }
  void clear_traits() { traits_ = {}; }

 private:
  enum class Open { none, word, quoted, block_comment, hint, line_comment, dollar_string };
  enum class Match { no, yes, unknown };

  Token start(Reading reading);
  Token resume(Reading reading);
  Token run();
  void skip_space();
  void skip_run();
  Token word();
  Token quoted();
  Token block_comment(TokenKind kind);
  Token line_comment();
  Token dollar_string();
  Token slash();
  Token dash();
  Token backslash();
  Token dollar(Reading reading);
  Token conditional();

  bool skip_quoted();
  Match at_delimiter(std::size_t at) const;
  Match at_line_comment(std::size_t at) const;
  /// The byte at an offset, NUL behind the end of complete input.
  char at(std::size_t offset) const { return offset < input_.size() ? input_[offset] : '\0'; }
  bool has(std::size_t offset) const { return offset < input_.size() || state_ == Input::complete; }
  bool is(char byte, std::uint8_t classes) const {
    return ((*classes_)[static_cast<unsigned char>(byte)] & classes) != 0;
  }
  Token token(TokenKind kind, std::size_t end);
  Token need_input() const { return {TokenKind::need_input, begin_, begin_}; }
  using ByteClasses = std::array<std::uint8_t, 256>;
  static ByteClasses make_classes(ClientCharset charset);
  /// Lives for ever: many lexers are made, one for each statement that is looked into.
  static const ByteClasses& classes_of(ClientCharset charset);

  LexRules rules_;
  std::string delimiter_ = ";";
  const ByteClasses* classes_;
  LexTraits traits_;

  std::string_view input_;  ///< during next() only
  Input state_ = Input::partial;

  Open open_ = Open::none;
  bool in_run_ = false;     ///< the open string is part of a run
  char quote_ = '\0';       ///< of the open string
  std::string dollar_tag_;  ///< of the open dollar string
  std::size_t begin_ = 0;   ///< of the open token
  std::size_t quote_begin_ = 0;
  std::size_t scan_ = 0;
  std::size_t conditional_depth_ = 0;
  std::size_t conditional_begin_ = 0;
};

}  // namespace migrate::core
