#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace migrate::core::check {

/// What a number is compared with. Numbers are doubles: whole ones are exact up to 2^53.
struct Expectation {
  enum class Of {
    value,  ///< the one value that the query returns
    rows,   ///< how many rows it returns
  };
  enum class Comparison { equal, unequal, less, at_most, more, at_least, between };

  Of of = Of::value;
  Comparison comparison = Comparison::equal;
  double bound = 0;
  double upper = 0;  ///< of `between`; both ends belong to it

  bool holds(double number) const;

  friend bool operator==(const Expectation&, const Expectation&) = default;
};

/// Why a text is no expectation.
struct BadExpectation {
  std::size_t character = 1;  ///< of the text, from 1, where something else was expected
  std::string message;        ///< "expected a number, found 'O'"
};

/// Reads `= 0`, `!= 0`, `< 5`, `<= 5`, `> 5`, `>= 5` or `between 1 and 5`, with `rows` in front
/// when the number of rows is meant. Words in any case; `<>` is `!=`.
std::variant<Expectation, BadExpectation> parse_expectation(std::string_view text);

/// The one spelling of it, which parse_expectation() reads.
std::string to_string(const Expectation& expectation);

}  // namespace migrate::core::check
