#include "core/directives.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "ascii.h"
#include "lexer.h"
#include "line_counter.h"

namespace migrate::core {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view marker = "migrate:";
constexpr std::array<std::string_view, 5> known_keys{"transaction", "stepwise", "local_infile",
                                                     "online", "allow"};

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i + 1);
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
    }
  }
  return row.back();
}

std::string_view nearest_key(std::string_view key) {
  // A key of any length is compared by its first bytes only: the distance costs the product of
  // both.
  key = key.substr(0, 64);
  return *std::ranges::min_element(known_keys, [key](std::string_view a, std::string_view b) {
    return edit_distance(key, a) < edit_distance(key, b);
  });
}

// The message of what is wrong with the value, if anything.
std::optional<std::string> set_transaction(Directives& directives, std::string_view value) {
  constexpr std::string_view batch = "batch(";
  if (value == "auto") return std::nullopt;
  if (value == "none") {
    directives.transaction = TransactionMode::none;
    return std::nullopt;
  }
  if (value.starts_with(batch) && value.back() == ')') {
    const std::string_view number =
        trimmed(value.substr(batch.size(), value.size() - batch.size() - 1));
    std::uint64_t size = 0;
    const auto [last, error] = std::from_chars(number.data(), number.data() + number.size(), size);
    if (error == std::errc{} && last == number.data() + number.size() && size > 0) {
      directives.transaction = TransactionMode::batch;
      directives.batch_size = size;
      return std::nullopt;
    }
  }
  return fmt::format("transaction={}: expected auto, none or batch(N) with N of at least 1", value);
}

std::optional<std::string> apply(Directives& directives, std::string_view key,
                                 std::optional<std::string_view> value) {
  if (key == "stepwise" || key == "local_infile") {
    if (value) return fmt::format("{}={}: expected {} without a value", key, *value, key);
    (key == "stepwise" ? directives.stepwise : directives.local_infile) = true;
    return std::nullopt;
  }
  if (std::ranges::find(known_keys, key) == known_keys.end()) {
    return fmt::format("unknown directive '{}': did you mean '{}'?", key, nearest_key(key));
  }
  if (key == "online" && !value) {
    directives.online = OnlineMode::tool;
    return std::nullopt;
  }
  if (!value || value->empty()) return fmt::format("{} without a value: expected {}=…", key, key);
  if (key == "transaction") return set_transaction(directives, *value);
  if (*value == "instant") {
    directives.online = OnlineMode::instant;
  } else if (*value == "inplace") {
    directives.online = OnlineMode::inplace;
  } else if (*value == "copy") {
    directives.online = OnlineMode::copy;
  } else {
    return fmt::format("online={}: expected instant, inplace or copy, or online alone", *value);
  }
  return std::nullopt;
}

// Up to the next comma outside parentheses and quotes.
std::size_t item_length(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (quoted) continue;
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (text[i] == ',' && depth <= 0) return i;
  }
  return text.size();
}

// RULE reason="…"; a message of what is wrong.
std::variant<Allowance, std::string> read_allowance(std::string_view value) {
  constexpr std::string_view word = "reason";
  const std::size_t space = value.find_first_of(" \t");
  Allowance allowance{.rule = std::string(value.substr(0, space))};
  std::string_view rest =
      space == std::string_view::npos ? std::string_view() : trimmed(value.substr(space));
  const auto wrong = [&](std::string_view what) {
    return fmt::format("allow={0} {1}: expected allow={0} reason=\"why it is meant\"",
                       allowance.rule, what);
  };
  if (!rest.starts_with(word)) return wrong("without a reason");
  rest = trimmed(rest.substr(word.size()));
  if (rest.empty() || rest.front() != '=') return wrong("without a reason");
  rest = trimmed(rest.substr(1));
  if (rest.size() < 2 || rest.front() != '"' || rest.find('"', 1) != rest.size() - 1)
    return wrong("with a reason that is not in double quotes");
  allowance.reason = trimmed(rest.substr(1, rest.size() - 2));
  if (allowance.reason.empty()) return wrong("with an empty reason");
  return allowance;
}

class DirectiveReader {
 public:
  /// Where the text stands in its file: among the leading comments, or behind a statement.
  enum class Where { head, between };
  /// `text` begins at `begin`.
  DirectiveReader(std::string_view text, const Position& begin, Where where)
      : text_(text), begin_(begin), where_(where) {}

  /// `comment` is part of the text.
  std::optional<DirectiveError> read(std::string_view comment) {
    std::string_view text = trimmed(comment.substr(comment.front() == '#' ? 1 : 2));
    if (!text.starts_with(marker)) return std::nullopt;
    text.remove_prefix(marker.size());
    for (;;) {
      const std::size_t length = item_length(text);
      if (auto error = read_item(text.substr(0, length))) return error;
      if (length == text.size()) return std::nullopt;
      text.remove_prefix(length + 1);
    }
  }
  const Directives& directives() const { return directives_; }

 private:
  std::optional<DirectiveError> read_item(std::string_view untrimmed) {
    const std::string_view item = trimmed(untrimmed);
    if (item.empty()) return error(untrimmed, "an empty directive: expected key=value");
    const std::size_t equals = item.find('=');
    const std::string_view key = trimmed(item.substr(0, equals));
    std::optional<std::string_view> value;
    if (equals != std::string_view::npos) value = trimmed(item.substr(equals + 1));
    if (key == "allow" && value && !value->empty()) return allow(item, *value);
    if (where_ == Where::between) {
      return error(item,
                   fmt::format("'{}' stands behind a statement: expected it among the leading "
                               "comments of the file; only allow=RULE may stand here",
                               key));
    }
    if (!seen_.insert(std::string(key)).second) {
      return error(item, fmt::format("{} is given twice: expected it once", key));
    }
    if (const auto message = apply(directives_, key, value)) return error(item, *message);
    return std::nullopt;
  }

  std::optional<DirectiveError> allow(std::string_view item, std::string_view value) {
    auto read = read_allowance(value);
    if (const auto* message = std::get_if<std::string>(&read)) return error(item, *message);
    directives_.allowed.push_back(std::get<Allowance>(std::move(read)));
    directives_.allowed.back().position = position(item);
    return std::nullopt;
  }

  Position position(std::string_view at) const {
    LineCounter lines(begin_);
    lines.advance(text_.substr(0, static_cast<std::size_t>(at.data() - text_.data())));
    return lines.position();
  }

  DirectiveError error(std::string_view at, std::string message) const {
    return {position(at), std::move(message)};
  }

  std::string_view text_;
  Position begin_;
  Where where_;
  Directives directives_;
  std::set<std::string> seen_;
};

}  // namespace

std::variant<Directives, DirectiveError> parse_directives(std::string_view head) {
  DirectiveReader reader(head, {}, DirectiveReader::Where::head);
  Lexer lexer;
  if (head.starts_with(byte_order_mark)) {
    lexer.move_to(byte_order_mark.size());
  }
  for (;;) {
    const Token token = lexer.next(head, Lexer::Input::complete, Lexer::Reading::tokens);
    if (token.kind == TokenKind::space) continue;
    if (token.kind != TokenKind::comment) return reader.directives();
    const std::string_view comment = head.substr(token.begin, token.end - token.begin);
    if (comment.front() == '/') continue;
    if (auto error = reader.read(comment)) return *std::move(error);
  }
}

std::variant<std::vector<Allowance>, DirectiveError> parse_allowances(std::string_view between,
                                                                      const Position& begin) {
  DirectiveReader reader(between, begin, DirectiveReader::Where::between);
  Lexer lexer;
  for (;;) {
    const Token token = lexer.next(between, Lexer::Input::complete, Lexer::Reading::tokens);
    if (token.kind == TokenKind::comment) {
      const std::string_view comment = between.substr(token.begin, token.end - token.begin);
      if (comment.front() == '/') continue;
      if (auto error = reader.read(comment)) return *std::move(error);
    } else if (token.kind == TokenKind::client_command) {
      lexer.move_to(token.end);  // of a delimiter
    } else if (token.begin == token.end || token.end == between.size()) {
      return reader.directives().allowed;
    }
  }
}

}  // namespace migrate::core
