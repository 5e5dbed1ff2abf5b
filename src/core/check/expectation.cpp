#include "core/check/expectation.h"

#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>

#include <fmt/format.h>

namespace migrate::core::check {
namespace {

using Comparison = Expectation::Comparison;

// The longer ones first: "<=" begins with "<".
constexpr std::array<std::pair<std::string_view, Comparison>, 7> operators{
    {{"<=", Comparison::at_most},
     {">=", Comparison::at_least},
     {"<>", Comparison::unequal},
     {"!=", Comparison::unequal},
     {"<", Comparison::less},
     {">", Comparison::more},
     {"=", Comparison::equal}}};

constexpr std::string_view expected_comparison = "expected =, !=, <, <=, >, >= or between";

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  std::variant<Expectation, BadExpectation> read() {
    Expectation result;
    if (take_word("rows")) result.of = Expectation::Of::rows;
    if (take_word("between")) {
      result.comparison = Comparison::between;
    } else if (const auto comparison = take_operator()) {
      result.comparison = *comparison;
    } else {
      return bad(expected_comparison);
    }
    if (!take_number(result.bound)) return bad("expected a number");
    if (result.comparison == Comparison::between) {
      if (!take_word("and")) return bad("expected 'and'");
      skip_space();
      const std::size_t at = at_;
      if (!take_number(result.upper)) return bad("expected a number");
      if (result.upper < result.bound) {
        return BadExpectation{.character = at + 1,
                              .message = "the second number is less than the first"};
      }
    }
    skip_space();
    if (at_ < text_.size()) return bad("expected nothing more");
    return result;
  }

 private:
  void skip_space() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  bool take_word(std::string_view word) {
    skip_space();
    if (text_.size() - at_ < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i) {
      if (lower(text_[at_ + i]) != word[i]) return false;
    }
    const std::size_t end = at_ + word.size();
    const bool goes_on = end < text_.size() && lower(text_[end]) >= 'a' && lower(text_[end]) <= 'z';
    if (goes_on) return false;
    at_ = end;
    return true;
  }

  std::optional<Comparison> take_operator() {
    skip_space();
    for (const auto& [sign, comparison] : operators) {
      if (!text_.substr(at_).starts_with(sign)) continue;
      at_ += sign.size();
      return comparison;
    }
    return std::nullopt;
  }

  bool take_number(double& number) {
    skip_space();
    const char* end = text_.data() + text_.size();
    const auto [stop, error] = std::from_chars(text_.data() + at_, end, number);
    const bool ends = stop == end || is_space(*stop);
    // "inf" and "nan" are numbers to from_chars.
    if (error != std::errc() || !ends || !std::isfinite(number)) return false;
    at_ = static_cast<std::size_t>(stop - text_.data());
    return true;
  }

  BadExpectation bad(std::string_view expected) {
    skip_space();
    const std::size_t end = text_.find_first_of(" \t\r\n", at_);
    const std::string_view found =
        at_ < text_.size() ? text_.substr(at_, end - at_) : std::string_view();
    return {.character = at_ + 1,
            .message = found.empty() ? fmt::format("{}, found the end", expected)
                                     : fmt::format("{}, found '{}'", expected, found)};
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::string_view sign_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return "=";
    case Comparison::unequal:
      return "!=";
    case Comparison::less:
      return "<";
    case Comparison::at_most:
      return "<=";
    case Comparison::more:
      return ">";
    case Comparison::at_least:
      return ">=";
    case Comparison::between:
      break;
  }
  return "between";
}

}  // namespace

bool Expectation::holds(double number) const {
  switch (comparison) {
    case Comparison::equal:
      return number == bound;
    case Comparison::unequal:
      return number != bound;
    case Comparison::less:
      return number < bound;
    case Comparison::at_most:
      return number <= bound;
    case Comparison::more:
      return number > bound;
    case Comparison::at_least:
      return number >= bound;
    case Comparison::between:
      break;
  }
  return number >= bound && number <= upper;
}

std::variant<Expectation, BadExpectation> parse_expectation(std::string_view text) {
  return Reader(text).read();
}

std::string to_string(const Expectation& expectation) {
  std::string text = expectation.of == Expectation::Of::rows ? "rows " : "";
  text += fmt::format("{} {}", sign_of(expectation.comparison), expectation.bound);
  if (expectation.comparison == Comparison::between)
    text += fmt::format(" and {}", expectation.upper);
  return text;
}

}  // namespace migrate::core::check
