#include "core/splitter.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "ascii.h"
#include "byte_search.h"
#include "classify.h"
#include "client_command.h"
#include "delimiter_command.h"
#include "lexer.h"
#include "line_counter.h"
#include "program_nesting.h"
#include "session_follower.h"

namespace migrate::core {
namespace {

// Filler is returned in pieces of this size, so that a comment of gigabytes does not have to fit
// into memory.
constexpr std::size_t longest_filler = std::size_t{64} * 1024;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_trailing_space(std::string_view text) {
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

bool ends_line(std::string_view space) {
  return find_any<'\r', '\n'>(space, 0) < space.size();
}

std::string message_of(TokenKind kind) {
  switch (kind) {
    case TokenKind::unterminated_string:
      return "a string that never ends: expected its closing quote";
    case TokenKind::unterminated_identifier:
      return "a quoted name that never ends: expected its closing quote";
    case TokenKind::unterminated_comment:
      return "a comment that never ends: expected */";
    case TokenKind::unterminated_dollar_string:
      return "a dollar-quoted string that never ends: expected its tag again";
    default:
      return "a NUL byte outside a string: expected text (is the file UTF-16?)";
  }
}

}  // namespace

class Splitter::Impl {
 public:
  explicit Impl(const SplitterOptions& options) : session_(options), lexer_(session_.rules()) {}

  void feed(std::string_view bytes);
  void finish() { input_ = Lexer::Input::complete; }
  SplitResult next();

 private:
  enum class Step { none, done, need_input };

  std::string_view pending() const { return std::string_view(buffer_).substr(begin_); }
  std::string_view read(const Token& token) const {
    return pending().substr(token.begin, token.end - token.begin);
  }

  /// Of the rest of a statement.
  Lexer::Reading reading() const;
  Step skip_byte_order_mark();
  Step run_delimiter_command();
  /// False for a token that may end the statement, or cannot be read.
  bool continues_statement(const Token& token);
  std::optional<SplitResult> take(const Token& token);
  std::optional<SplitResult> begin_statement(const Token& token);
  void tell_nesting(const Token& token);
  SplitResult fail(std::size_t offset, std::string message);
  SplitResult filler(std::size_t size);
  SplitResult statement(std::size_t behind);
  SplitResult last_piece();
  Travel travel(const Classification& classification) const;
  void drop(std::size_t size);

  SessionFollower session_;
  Lexer lexer_;  ///< its offsets count from begin_
  ProgramNesting nesting_;
  LineCounter lines_;  ///< at begin_
  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what was not returned yet
  Lexer::Input input_ = Lexer::Input::partial;
  bool at_file_begin_ = true;
  bool at_line_begin_ = true;  ///< nothing but blanks since the line began; between statements
  bool in_statement_ = false;  ///< then it begins at begin_
  std::size_t statement_end_ = 0;
  std::size_t joint_end_ = 0;             ///< behind the last `.` or `@` of the statement
  std::optional<Position> open_comment_;  ///< where it began, once that was returned
  std::size_t line_searched_ = 0;         ///< of a DELIMITER line, from its first byte
  std::optional<SplitResult> last_;       ///< an error or the end, for ever
};

void Splitter::Impl::feed(std::string_view bytes) {
  buffer_.erase(0, begin_);
  begin_ = 0;
  buffer_.append(bytes);
}

SplitResult Splitter::Impl::next() {
  if (last_) return *last_;
  if (at_file_begin_ && skip_byte_order_mark() == Step::need_input) return NeedInput{};
  for (;;) {
    if (!in_statement_) {
      if (lexer_.comment_position() > longest_filler) return filler(longest_filler);
      if (at_line_begin_ && lexer_.is_between_tokens()) {
        const Step step = run_delimiter_command();
        if (step == Step::need_input) return NeedInput{};
        if (last_) return *last_;
        if (step == Step::done) continue;
      }
    }
    const Token token =
        lexer_.next(pending(), input_, in_statement_ ? reading() : Lexer::Reading::everything);
    if (in_statement_ && continues_statement(token)) continue;
    if (token.kind == TokenKind::need_input) {
      if (!in_statement_ && lexer_.comment_position() > longest_filler) continue;
      return NeedInput{};
    }
    if (auto result = take(token)) return *std::move(result);
  }
}

Lexer::Reading Splitter::Impl::reading() const {
  // A run ends at a semicolon that may end the statement. Another delimiter ends a program wherever
  // it stands, so that nothing is left to tell.
  if (nesting_.indifferent() || nesting_.indifferent_to_semicolon()) return Lexer::Reading::runs;
  if (nesting_.expects_dollar_string()) return Lexer::Reading::tokens_or_dollar_string;
  return Lexer::Reading::tokens;
}

Splitter::Impl::Step Splitter::Impl::skip_byte_order_mark() {
  const std::string_view head = pending().substr(0, byte_order_mark.size());
  if (head.size() < byte_order_mark.size() && input_ == Lexer::Input::partial &&
      byte_order_mark.starts_with(head)) {
    return Step::need_input;
  }
  if (head == byte_order_mark) lexer_.move_to(byte_order_mark.size());
  at_file_begin_ = false;
  return Step::none;
}

Splitter::Impl::Step Splitter::Impl::run_delimiter_command() {
  const std::size_t from = lexer_.position();
  const std::string_view text = pending().substr(from);
  const bool complete = input_ == Lexer::Input::complete;
  switch (find_delimiter_command(text, complete ? TextEnd::last : TextEnd::open)) {
    case DelimiterCommand::no:
      return Step::none;
    case DelimiterCommand::need_input:
      return Step::need_input;
    case DelimiterCommand::yes:
      break;
  }
  std::size_t line_end = text.find_first_of("\r\n", line_searched_);
  if (line_end == std::string_view::npos) {
    line_searched_ = text.size();
    if (!complete) return Step::need_input;
    line_end = text.size();
  }
  line_searched_ = 0;
  auto parsed = parse_delimiter_command(text.substr(0, line_end));
  if (auto* const error = std::get_if<DelimiterError>(&parsed)) {
    fail(from, std::move(error->message));
    return Step::none;
  }
  lexer_.set_delimiter(std::move(std::get<Delimiter>(parsed).text));
  lexer_.move_to(from + line_end);
  at_line_begin_ = false;
  return Step::done;
}

bool Splitter::Impl::continues_statement(const Token& token) {
  switch (token.kind) {
    case TokenKind::comment:
      return true;
    case TokenKind::run: {
      const std::size_t length = without_trailing_space(read(token)).size();
      if (length > 0) statement_end_ = token.begin + length;
      return true;
    }
    case TokenKind::word:
    case TokenKind::string:
    case TokenKind::quoted_identifier:
    case TokenKind::dollar_string:
    case TokenKind::punctuation:
      tell_nesting(token);
      [[fallthrough]];
    case TokenKind::hint:
    case TokenKind::conditional_open:
    case TokenKind::conditional_close:
      statement_end_ = token.end;
      return true;
    default:
      return false;
  }
}

std::optional<SplitResult> Splitter::Impl::take(const Token& token) {
  if (token.kind != TokenKind::unterminated_comment) open_comment_.reset();
  switch (token.kind) {
    case TokenKind::space:
      if (ends_line(read(token))) at_line_begin_ = true;
      return std::nullopt;
    case TokenKind::comment:
    case TokenKind::hint:
      at_line_begin_ = false;
      return std::nullopt;
    case TokenKind::delimiter:
      at_line_begin_ = false;
      if (!in_statement_) return std::nullopt;
      if (lexer_.delimiter() == ";" && !nesting_.ends_at_semicolon()) {
        statement_end_ = token.end;
        return std::nullopt;
      }
      return statement(token.end);
    case TokenKind::end:
      return last_piece();
    case TokenKind::client_command:
      return fail(token.begin, "the mysql client's command " + std::string(read(token)) +
                                   ": expected SQL only; end a statement with its delimiter");
    case TokenKind::unterminated_string:
    case TokenKind::unterminated_identifier:
    case TokenKind::unterminated_comment:
    case TokenKind::unterminated_dollar_string:
    case TokenKind::nul_byte:
      return fail(token.begin, message_of(token.kind));
    default:
      return begin_statement(token);
  }
}

std::optional<SplitResult> Splitter::Impl::begin_statement(const Token& token) {
  if (token.kind == TokenKind::punctuation && read(token).front() == ';') {
    // An empty statement, also under another delimiter.
    lexer_.clear_traits();
    at_line_begin_ = false;
    return std::nullopt;
  }
  if (token.kind == TokenKind::word) {
    const std::string_view word = read(token);
    if (equals_keyword(word, "DELIMITER")) {
      return fail(token.begin,
                  "DELIMITER in the middle of a line: expected it at the begin of one");
    }
    if (is_client_command(word)) {
      return fail(token.begin, "the mysql client's command " + std::string(word) +
                                   ": expected SQL only; put the text itself into this file");
    }
  }
  std::optional<SplitResult> before;
  Token moved = token;
  if (token.begin > 0) {
    before = filler(token.begin);
    moved = {token.kind, 0, token.end - token.begin};
  }
  in_statement_ = true;
  at_line_begin_ = false;
  joint_end_ = 0;
  nesting_.reset(session_.rules().oracle ? ProgramNesting::Dialect::oracle
                                         : ProgramNesting::Dialect::standard);
  continues_statement(moved);
  return before;
}

void Splitter::Impl::tell_nesting(const Token& token) {
  const std::string_view text = read(token);
  const char mark = token.kind == TokenKind::punctuation ? text.front() : '\0';
  if (mark == ';') {
    nesting_.ends_at_semicolon();
    return;
  }
  const bool joined = token.begin > 0 && token.begin == joint_end_;
  nesting_.token(token.kind, text,
                 joined ? ProgramNesting::Joint::joined : ProgramNesting::Joint::apart);
  if (mark == '.' || mark == '@') joint_end_ = token.end;
}

SplitResult Splitter::Impl::fail(std::size_t offset, std::string message) {
  LineCounter at = lines_;
  at.advance(pending().substr(0, offset));
  last_ = SplitError{open_comment_.value_or(at.position()), std::move(message)};
  return *last_;
}

void Splitter::Impl::drop(std::size_t size) {
  lines_.advance(pending().substr(0, size));
  lexer_.drop(size);
  begin_ += size;
}

SplitResult Splitter::Impl::filler(std::size_t size) {
  if (!lexer_.is_between_tokens() && lexer_.position() < size && !open_comment_) {
    LineCounter at = lines_;
    at.advance(pending().substr(0, lexer_.position()));
    open_comment_ = at.position();
  }
  Piece piece;
  piece.text = pending().substr(0, size);
  piece.position = lines_.position();
  drop(size);
  return piece;
}

SplitResult Splitter::Impl::statement(std::size_t behind) {
  Piece piece;
  piece.kind = Piece::Kind::statement;
  piece.text = pending().substr(0, statement_end_);
  piece.position = lines_.position();
  const Classification classification = classify(piece.text, lexer_.rules());
  piece.effect = classification.effect;
  piece.bracket = classification.bracket;
  piece.travel = travel(classification);
  if (piece.effect == Effect::session) session_.follow(piece.text);
  lexer_.move_to(behind);
  lexer_.set_rules(session_.rules());
  lexer_.clear_traits();
  drop(statement_end_);
  in_statement_ = false;
  return piece;
}

Travel Splitter::Impl::travel(const Classification& classification) const {
  const LexTraits& traits = lexer_.traits();
  const bool unsure = traits.semicolon || traits.trail_bytes || traits.ambiguous_conditional ||
                      nesting_.is_program() || !session_.is_certain();
  return unsure ? Travel::alone : classification.travel;
}

SplitResult Splitter::Impl::last_piece() {
  if (in_statement_) {
    if (lexer_.delimiter() == ";" && nesting_.is_open()) {
      return fail(0, "a stored program that never ends: expected END for every block");
    }
    return statement(pending().size());
  }
  if (!pending().empty()) return filler(std::min(pending().size(), longest_filler));
  last_ = Finished{};
  return *last_;
}

Splitter::Splitter(SplitterOptions options) : impl_(std::make_unique<Impl>(options)) {}
Splitter::~Splitter() = default;
Splitter::Splitter(Splitter&&) noexcept = default;
Splitter& Splitter::operator=(Splitter&&) noexcept = default;

void Splitter::feed(std::string_view bytes) {
  impl_->feed(bytes);
}
void Splitter::finish() {
  impl_->finish();
}
SplitResult Splitter::next() {
  return impl_->next();
}

Statement statement_of(const Piece& piece) {
  return {.text = std::string(piece.text),
          .position = piece.position,
          .effect = piece.effect,
          .bracket = piece.bracket,
          .travel = piece.travel};
}

}  // namespace migrate::core
