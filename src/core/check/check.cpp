#include "core/check/check.h"

#include <algorithm>
#include <iterator>
#include <variant>

#include <fmt/format.h>

#include "ascii.h"
#include "core/splitter.h"

namespace migrate::core::check {
namespace {

constexpr std::array<std::string_view, 5> reading_words{"SELECT", "WITH", "TABLE", "VALUES",
                                                        "SHOW"};

/// In capitals, without the brackets that a query may begin with.
std::string first_word(std::string_view statement) {
  const auto in_front = [](char c) { return c == '(' || is_space(c); };
  const auto begin = std::ranges::find_if_not(statement, in_front);
  return to_upper({begin, std::find_if_not(begin, statement.end(), is_word_byte)});
}

}  // namespace

bool Check::is_for(Moment moment) const {
  return std::ranges::find(when, moment) != when.end();
}

std::optional<std::string> wrong_with_query(const std::string& query) {
  Splitter splitter;
  splitter.feed(query);
  splitter.finish();
  std::vector<std::string> statements;
  for (;;) {
    const SplitResult result = splitter.next();
    if (const auto* error = std::get_if<SplitError>(&result)) return error->message;
    const auto* piece = std::get_if<Piece>(&result);
    if (piece == nullptr) break;
    if (piece->kind == Piece::Kind::statement) statements.emplace_back(piece->text);
  }
  if (statements.size() != 1) {
    return fmt::format("{} statements; expected one", statements.size());
  }
  const std::string word = first_word(statements.front());
  if (std::ranges::find(reading_words, word) != reading_words.end()) return std::nullopt;
  return "a check only reads; expected SELECT, WITH, TABLE, VALUES or SHOW at its beginning";
}

std::optional<std::string> wrong_with_name(std::string_view name) {
  const bool good = !name.empty() && name.front() != '-' && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
  if (good) return std::nullopt;
  return "a name of small letters, digits and '-' was expected";
}

std::vector<Check> checks_for(Moment moment, std::span<const Check> checks) {
  std::vector<Check> chosen;
  std::ranges::copy_if(checks, std::back_inserter(chosen),
                       [moment](const Check& check) { return check.is_for(moment); });
  return chosen;
}

}  // namespace migrate::core::check
