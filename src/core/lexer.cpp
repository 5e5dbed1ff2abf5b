#include "lexer.h"

#include <algorithm>
#include <utility>

#include "ascii.h"
#include "byte_search.h"

namespace migrate::core {
namespace {

constexpr std::uint8_t stops_run = 1;
constexpr std::uint8_t stops_word = 2;
constexpr std::uint8_t lead_byte = 4;

constexpr std::size_t longest_dollar_tag = 64;
constexpr std::string_view sandbox_mode = "!999999\\-";

bool contains_nul(std::string_view text) {
  return text.find('\0') != std::string_view::npos;
}

}  // namespace

Lexer::Lexer(const LexRules& rules) : rules_(rules), classes_(&classes_of(rules.charset)) {}

void Lexer::set_rules(const LexRules& rules) {
  rules_ = rules;
  classes_ = &classes_of(rules.charset);
}

void Lexer::set_delimiter(std::string delimiter) {
  delimiter_ = std::move(delimiter);
}

const Lexer::ByteClasses& Lexer::classes_of(ClientCharset charset) {
  static const std::array<ByteClasses, 4> all{
      make_classes(ClientCharset::plain), make_classes(ClientCharset::gbk),
      make_classes(ClientCharset::sjis), make_classes(ClientCharset::big5)};
  return all.at(static_cast<std::size_t>(charset));
}

Lexer::ByteClasses Lexer::make_classes(ClientCharset charset) {
  ByteClasses result{};
  for (int b = 0; b < 256; ++b) {
    const char byte = static_cast<char>(b);
    std::uint8_t& classes = result.at(static_cast<std::size_t>(b));
    if (!is_word_byte(byte)) classes |= stops_word;
    if (is_lead_byte(charset, byte)) classes |= lead_byte | stops_run | stops_word;
  }
  for (const char byte : {'\'', '"', '`', '#', '-', '/', '\\', ';', '\0'})
    result.at(static_cast<unsigned char>(byte)) |= stops_run;
  return result;
}

std::size_t Lexer::comment_position() const {
  const bool in_comment = open_ == Open::block_comment || open_ == Open::line_comment;
  return in_comment ? scan_ : position();
}

void Lexer::drop(std::size_t count) {
  const auto shift = [count](std::size_t& offset) { offset -= std::min(offset, count); };
  shift(begin_);
  shift(quote_begin_);
  shift(scan_);
  shift(conditional_begin_);
}

Token Lexer::token(TokenKind kind, std::size_t end) {
  open_ = Open::none;
  in_run_ = false;
  scan_ = end;
  return {kind, begin_, end};
}

Token Lexer::next(std::string_view input, Input state, Reading reading) {
  input_ = input;
  state_ = state;
  if (open_ != Open::none) return resume(reading);
  return start(reading);
}

Token Lexer::resume(Reading reading) {
  switch (open_) {
    case Open::word:
      return word();
    case Open::quoted:
      return quoted();
    case Open::block_comment:
      return block_comment(TokenKind::comment);
    case Open::hint:
      return block_comment(TokenKind::hint);
    case Open::line_comment:
      return line_comment();
    case Open::dollar_string:
      return dollar_string();
    case Open::none:
      break;
  }
  return start(reading);
}

Token Lexer::start(Reading reading) {
  if (reading == Reading::tokens || reading == Reading::tokens_or_dollar_string) skip_space();
  begin_ = scan_;
  if (scan_ == input_.size()) {
    if (state_ == Input::partial) return need_input();
    if (in_conditional()) return {TokenKind::unterminated_comment, conditional_begin_, scan_};
    return {TokenKind::end, scan_, scan_};
  }

  const char c = input_[scan_];
  if (!in_conditional() && c == delimiter_.front()) {
    const Match match = at_delimiter(scan_);
    if (match == Match::unknown) return need_input();
    if (match == Match::yes) return token(TokenKind::delimiter, scan_ + delimiter_.size());
  }
  if (reading == Reading::runs && !in_conditional() && !is(c, stops_run)) return run();
  if (is_space(c)) {
    ++scan_;
    skip_space();
    return token(TokenKind::space, scan_);
  }
  switch (c) {
    case '\'':
    case '"':
    case '`':
      open_ = Open::quoted;
      quote_ = c;
      quote_begin_ = scan_++;
      return quoted();
    case '#':
      open_ = Open::line_comment;
      return line_comment();
    case '-':
      return dash();
    case '/':
      return slash();
    case '*':
      if (!in_conditional()) break;
      if (!has(scan_ + 1)) return need_input();
      if (at(scan_ + 1) != '/') break;
      --conditional_depth_;
      return token(TokenKind::conditional_close, scan_ + 2);
    case '\\':
      return backslash();
    case '\0':
      return {TokenKind::nul_byte, scan_, scan_ + 1};
    case '$':
      return dollar(reading);
    case ';':
      traits_.semicolon = true;
      break;
    default:
      break;
  }
  if (is_word_byte(c)) {
    open_ = Open::word;
    return word();
  }
  return token(TokenKind::punctuation, scan_ + 1);
}

void Lexer::skip_space() {
  const char delimiter = delimiter_.front();
  while (scan_ < input_.size() && is_space(input_[scan_]) && input_[scan_] != delimiter) ++scan_;
}

// Moves to the next byte that may end a run, or begin something in it that must be looked at.
void Lexer::skip_run() {
  const char delimiter = delimiter_.front();
  if (rules_.charset == ClientCharset::plain) {
    scan_ = find_any<'\'', '"', '`', '#', '-', '/', '\\', ';', '\0'>(input_, scan_, delimiter);
    return;
  }
  while (scan_ < input_.size() && !is(input_[scan_], stops_run) && input_[scan_] != delimiter)
    ++scan_;
}

Token Lexer::run() {
  const std::size_t size = input_.size();
  for (;;) {
    skip_run();
    if (scan_ == size) break;
    const char c = input_[scan_];
    if (c == delimiter_.front() && at_delimiter(scan_) != Match::no) break;
    if (c == '\'' || c == '"' || c == '`') {
      open_ = Open::quoted;
      in_run_ = true;
      quote_ = c;
      quote_begin_ = scan_++;
      if (skip_quoted()) {
        open_ = Open::none;
        continue;
      }
      if (state_ == Input::partial) return need_input();
      return quoted();
    }
    if (c == '-') {
      if (at_line_comment(scan_) != Match::no) break;
    } else if (c == '/') {
      if (!has(scan_ + 1) || at(scan_ + 1) == '*') break;
    } else if (c == ';') {
      traits_.semicolon = true;
    } else if (is(c, lead_byte)) {
      if (!has(scan_ + 1)) break;
      if (is_trail_byte(rules_.charset, at(scan_ + 1)) && scan_ + 1 < size) {
        traits_.trail_bytes = true;
        ++scan_;
      }
    } else if (c == '#' || c == '\\' || c == '\0') {
      break;
    }
    ++scan_;
  }
  // What stopped the run belongs to the next token, or is looked at again when there is more input.
  return token(TokenKind::run, scan_);
}

Token Lexer::word() {
  for (;;) {
    const char delimiter = delimiter_.front();
    while (scan_ < input_.size() && !is(input_[scan_], stops_word) && input_[scan_] != delimiter)
      ++scan_;
    if (scan_ == input_.size()) {
      if (state_ == Input::partial) return need_input();
      break;
    }
    const char c = input_[scan_];
    if (c == delimiter_.front() && !in_conditional()) {
      // A delimiter may be glued to a name; what only looks like its begin is part of the name.
      const Match match = at_delimiter(scan_);
      if (match == Match::unknown) return need_input();
      if (match == Match::yes) break;
    }
    if (is(c, lead_byte)) {
      if (!has(scan_ + 1)) return need_input();
      if (scan_ + 1 < input_.size() && is_trail_byte(rules_.charset, at(scan_ + 1))) {
        traits_.trail_bytes = true;
        ++scan_;
      }
    } else if (!is_word_byte(c)) {
      break;
    }
    ++scan_;
  }
  return token(TokenKind::word, scan_);
}

// Moves behind the closing quote. False if the input ends before.
bool Lexer::skip_quoted() {
  const bool escapes =
      !rules_.no_backslash_escapes && (quote_ == '\'' || (quote_ == '"' && !rules_.ansi_quotes));
  const char escape = escapes ? '\\' : quote_;
  const char* const data = input_.data();
  const std::size_t size = input_.size();
  for (;;) {
    if (rules_.charset == ClientCharset::plain) {
      scan_ = find_any(input_, scan_, quote_, escape);
    } else {
      while (scan_ < size && data[scan_] != quote_ && data[scan_] != escape &&
             !is(data[scan_], lead_byte)) {
        ++scan_;
      }
    }
    if (scan_ == size) return false;
    const char c = data[scan_];
    if (c == quote_) {
      if (!has(scan_ + 1)) return false;
      if (at(scan_ + 1) != quote_) {
        ++scan_;
        return true;
      }
      scan_ += 2;
    } else if (c == '\\') {
      if (scan_ + 1 >= size) {
        if (state_ == Input::complete) scan_ = size;
        return false;
      }
      scan_ += 2;
    } else {
      if (!has(scan_ + 1)) return false;
      if (scan_ + 1 < size && is_trail_byte(rules_.charset, data[scan_ + 1])) {
        traits_.trail_bytes = true;
        ++scan_;
      }
      ++scan_;
    }
  }
}

Token Lexer::quoted() {
  const bool identifier = quote_ == '`' || (quote_ == '"' && rules_.ansi_quotes);
  if (!skip_quoted()) {
    if (state_ == Input::partial) return need_input();
    return {identifier ? TokenKind::unterminated_identifier : TokenKind::unterminated_string,
            quote_begin_, input_.size()};
  }
  const std::string_view text = input_.substr(quote_begin_, scan_ - quote_begin_);
  if (in_conditional() && text.find("*/") != std::string_view::npos) {
    traits_.ambiguous_conditional = true;
  }
  if (in_run_) {
    open_ = Open::none;
    return run();
  }
  return token(identifier ? TokenKind::quoted_identifier : TokenKind::string, scan_);
}

Token Lexer::block_comment(TokenKind kind) {
  const std::size_t from = scan_;
  std::size_t star = input_.find("*/", scan_);
  const bool closed = star != std::string_view::npos;
  // A star at the end of the input may be the first half of the end.
  if (!closed) {
    star = input_.size();
    if (state_ == Input::partial && star > from && input_[star - 1] == '*') --star;
  }
  scan_ = star;
  const std::string_view seen = input_.substr(from, star - from);
  if (contains_nul(seen)) {
    const std::size_t nul = from + seen.find('\0');
    return {TokenKind::nul_byte, nul, nul + 1};
  }
  if (closed) return token(kind, star + 2);
  if (state_ == Input::partial) return need_input();
  return {TokenKind::unterminated_comment, begin_, input_.size()};
}

Token Lexer::line_comment() {
  const std::size_t from = scan_;
  const std::size_t line_end = std::min(input_.find('\n', scan_), input_.size());
  scan_ = line_end;
  const std::string_view seen = input_.substr(from, line_end - from);
  if (contains_nul(seen)) {
    const std::size_t nul = from + seen.find('\0');
    return {TokenKind::nul_byte, nul, nul + 1};
  }
  if (line_end == input_.size() && state_ == Input::partial) return need_input();
  return token(TokenKind::comment, line_end);
}

// The server takes `--` for a comment only before white space, a control character or the end
// (https://dev.mysql.com/doc/refman/8.4/en/ansi-diff-comments.html).
Lexer::Match Lexer::at_line_comment(std::size_t offset) const {
  if (!has(offset + 1)) return Match::unknown;
  if (at(offset + 1) != '-') return Match::no;
  if (!has(offset + 2)) return Match::unknown;
  const auto third = static_cast<unsigned char>(at(offset + 2));
  return third <= 0x20 || third == 0x7F ? Match::yes : Match::no;
}

Token Lexer::dash() {
  switch (at_line_comment(scan_)) {
    case Match::unknown:
      return need_input();
    case Match::no:
      return token(TokenKind::punctuation, scan_ + 1);
    case Match::yes:
      break;
  }
  open_ = Open::line_comment;
  return line_comment();
}

Token Lexer::slash() {
  if (!has(scan_ + 1)) return need_input();
  if (at(scan_ + 1) != '*') return token(TokenKind::punctuation, scan_ + 1);
  if (!has(scan_ + 2)) return need_input();
  const char third = at(scan_ + 2);
  if (third == 'M' && !has(scan_ + 3)) return need_input();
  if (third == '!' || (third == 'M' && at(scan_ + 3) == '!')) return conditional();
  open_ = third == '+' ? Open::hint : Open::block_comment;
  scan_ += 2;
  return block_comment(third == '+' ? TokenKind::hint : TokenKind::comment);
}

Token Lexer::conditional() {
  const std::size_t mark = at(scan_ + 2) == 'M' ? scan_ + 3 : scan_ + 2;
  const std::string_view rest = input_.substr(mark, sandbox_mode.size());
  if (rest.size() < sandbox_mode.size() && sandbox_mode.starts_with(rest) &&
      state_ == Input::partial) {
    return need_input();
  }
  if (!in_conditional() && rest == sandbox_mode) {
    // A command to MariaDB's client, dressed up as a comment for everybody else.
    open_ = Open::block_comment;
    scan_ += 2;
    return block_comment(TokenKind::comment);
  }
  std::size_t end = mark + 1;
  const std::size_t longest = end + 6;
  while (end < longest && end < input_.size() && is_digit(input_[end])) ++end;
  if (end < longest && !has(end)) return need_input();
  if (conditional_depth_++ == 0) conditional_begin_ = scan_;
  return token(TokenKind::conditional_open, end);
}

Token Lexer::backslash() {
  if (!has(scan_ + 1)) return need_input();
  if (at(scan_ + 1) == 'N') return token(TokenKind::word, scan_ + 2);
  return {TokenKind::client_command, scan_, std::min(scan_ + 2, input_.size())};
}

Token Lexer::dollar(Reading reading) {
  if (reading == Reading::tokens_or_dollar_string && delimiter_.front() != '$') {
    std::size_t end = scan_ + 1;
    while (has(end) && is_word_byte(at(end)) && at(end) != '$' && end - scan_ < longest_dollar_tag)
      ++end;
    if (!has(end)) return need_input();
    if (at(end) == '$') {
      dollar_tag_.assign(input_.substr(scan_, end + 1 - scan_));
      open_ = Open::dollar_string;
      scan_ = end + 1;
      return dollar_string();
    }
  }
  open_ = Open::word;
  return word();
}

Token Lexer::dollar_string() {
  const std::size_t found = input_.find(dollar_tag_, scan_);
  if (found != std::string_view::npos) {
    return token(TokenKind::dollar_string, found + dollar_tag_.size());
  }
  if (state_ == Input::complete)
    return {TokenKind::unterminated_dollar_string, begin_, input_.size()};
  // The tag's begin may stand at the end of the input.
  const std::size_t keep = dollar_tag_.size() - 1;
  if (input_.size() > scan_ + keep) scan_ = input_.size() - keep;
  return need_input();
}

Lexer::Match Lexer::at_delimiter(std::size_t offset) const {
  if (delimiter_.size() == 1) return input_[offset] == delimiter_.front() ? Match::yes : Match::no;
  const std::string_view rest = input_.substr(offset, delimiter_.size());
  if (rest == delimiter_) return Match::yes;
  const bool begins = std::string_view(delimiter_).starts_with(rest);
  return begins && rest.size() < delimiter_.size() && state_ == Input::partial ? Match::unknown
                                                                               : Match::no;
}

}  // namespace migrate::core
