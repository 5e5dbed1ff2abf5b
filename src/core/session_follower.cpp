#include "session_follower.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>
#include <vector>

#include "ascii.h"
#include "set_statement.h"

namespace migrate::core {
namespace {

// The bits of a mode given as a number.
constexpr std::uint64_t ansi_quotes_bit = 1U << 2;
constexpr std::uint64_t oracle_bit = 1U << 9;
constexpr std::uint64_t no_backslash_escapes_bit = 1U << 20;

bool implies_ansi_quotes(std::string_view mode) {
  constexpr std::array<std::string_view, 7> modes{"ANSI_QUOTES", "ANSI",  "ORACLE",    "DB2",
                                                  "MAXDB",       "MSSQL", "POSTGRESQL"};
  for (const std::string_view candidate : modes) {
    if (equals_keyword(mode, candidate)) return true;
  }
  return false;
}

void add_mode(LexRules& rules, std::string_view mode) {
  if (implies_ansi_quotes(mode)) rules.ansi_quotes = true;
  if (equals_keyword(mode, "NO_BACKSLASH_ESCAPES")) rules.no_backslash_escapes = true;
  if (equals_keyword(mode, "ORACLE")) rules.oracle = true;
}

void read_mode(LexRules& rules, std::string_view mode) {
  rules.ansi_quotes = rules.no_backslash_escapes = rules.oracle = false;
  std::uint64_t bits = 0;
  const auto [last, error] = std::from_chars(mode.data(), mode.data() + mode.size(), bits);
  if (error == std::errc{} && last == mode.data() + mode.size()) {
    rules.ansi_quotes = (bits & ansi_quotes_bit) != 0;
    rules.no_backslash_escapes = (bits & no_backslash_escapes_bit) != 0;
    rules.oracle = (bits & oracle_bit) != 0;
    return;
  }
  while (!mode.empty()) {
    const std::size_t comma = std::min(mode.find(','), mode.size());
    std::string_view name = mode.substr(0, comma);
    while (!name.empty() && is_space(name.front())) name.remove_prefix(1);
    while (!name.empty() && is_space(name.back())) name.remove_suffix(1);
    add_mode(rules, name);
    mode.remove_prefix(std::min(comma + 1, mode.size()));
  }
}

std::string replace_all(std::string text, const std::string& from, const std::string& to) {
  if (from.empty()) return text;
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

std::optional<std::string> call(std::string_view function, const std::vector<std::string>& values) {
  if (equals_keyword(function, "REPLACE")) {
    if (values.size() != 3) return std::nullopt;
    return replace_all(values[0], values[1], values[2]);
  }
  const bool separated = equals_keyword(function, "CONCAT_WS");
  if (!separated && !equals_keyword(function, "CONCAT")) return std::nullopt;
  std::string result;
  for (std::size_t i = separated ? 1 : 0; i < values.size(); ++i) {
    if (separated && i > 1) result += values[0];
    result += values[i];
  }
  return result;
}

bool ends_value(const TokenCursor& cursor) {
  return cursor.at_end() || cursor.at_mark(',') || cursor.at_mark(')') || cursor.at_mark(';') ||
         cursor.at("COLLATE");
}

}  // namespace

SessionFollower::SessionFollower(const SplitterOptions& options) {
  rules_.ansi_quotes = options.ansi_quotes;
  rules_.no_backslash_escapes = options.no_backslash_escapes;
  rules_.oracle = options.oracle;
  if (options.ansi_quotes) initial_mode_ += "ANSI_QUOTES,";
  if (options.no_backslash_escapes) initial_mode_ += "NO_BACKSLASH_ESCAPES,";
  if (options.oracle) initial_mode_ += "ORACLE,";
  if (!initial_mode_.empty()) initial_mode_.pop_back();
  mode_ = initial_mode_;
}

void SessionFollower::follow(std::string_view statement) {
  TokenCursor cursor(statement, rules_);
  if (!cursor.take("SET") || cursor.at("STATEMENT")) return;
  for_each_assignment(cursor, [this](const Assignment& assignment, TokenCursor value) {
    switch (assignment.target) {
      case Assignment::Target::names:
      case Assignment::Target::character_set:
        set_charset(evaluate(value));
        break;
      case Assignment::Target::variable:
        if (assignment.scope == Assignment::Scope::global) break;
        if (assignment.name == "SQL_MODE") set_mode(evaluate(value));
        if (assignment.name == "CHARACTER_SET_CLIENT") set_charset(evaluate(value));
        break;
      case Assignment::Target::user_variable:
        if (const auto known = evaluate(value)) {
          user_variables_[assignment.name] = *known;
        } else {
          user_variables_.erase(assignment.name);
        }
        break;
      case Assignment::Target::other:
        break;
    }
  });
}

void SessionFollower::set_mode(std::optional<std::string> mode) {
  mode_ = std::move(mode);
  if (!mode_) return;
  if (equals_keyword(*mode_, "DEFAULT")) mode_ = initial_mode_;
  read_mode(rules_, *mode_);
}

void SessionFollower::set_charset(std::optional<std::string> charset) {
  charset_ = std::move(charset);
  if (charset_) rules_.charset = client_charset_named(*charset_);
}

std::optional<std::string> SessionFollower::variable(const std::string& name) const {
  if (name == "SQL_MODE") return mode_;
  if (name == "CHARACTER_SET_CLIENT") return charset_;
  return std::nullopt;
}

// Upper case throughout: every value that matters is compared without case.
std::optional<std::string> SessionFollower::evaluate(TokenCursor& cursor) const {
  std::optional<std::string> result;
  if (cursor.take_mark('(')) {
    result = evaluate(cursor);
    if (!cursor.take_mark(')')) return std::nullopt;
  } else if (cursor.take_mark('@')) {
    if (cursor.take_mark('@')) {
      const bool global = cursor.take("GLOBAL");
      if (global || cursor.take("SESSION") || cursor.take("LOCAL")) cursor.take_mark('.');
      if (!global) result = variable(to_upper(cursor.text()));
      cursor.advance();
    } else {
      const auto known = user_variables_.find(to_upper(cursor.take_text()));
      if (known != user_variables_.end()) result = known->second;
    }
  } else if (cursor.at_name()) {
    std::string text = to_upper(cursor.take_text());
    if (cursor.take_mark('(')) {
      std::vector<std::string> values;
      while (!cursor.at_end() && !cursor.at_mark(')')) {
        const auto value = evaluate(cursor);
        if (!value) return std::nullopt;
        values.push_back(*value);
        if (!cursor.take_mark(',')) break;
      }
      if (!cursor.take_mark(')')) return std::nullopt;
      result = call(text, values);
    } else {
      result = std::move(text);
    }
  }
  if (!ends_value(cursor)) return std::nullopt;
  return result;
}

}  // namespace migrate::core
