#include "core/prepared.h"

#include <utility>

#include "ascii.h"
#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

bool ends_source(const TokenCursor& cursor) {
  return cursor.at_end() || cursor.at_mark(';') || cursor.at("USING");
}

// Literals that follow each other are one.
std::optional<std::string> take_literal(TokenCursor& cursor) {
  std::optional<std::string> text;
  while (cursor.kind() == TokenKind::string) text = text.value_or("") + cursor.take_text();
  return text;
}

// An unquoted name of a variable may have dots.
std::optional<std::string> take_variable(TokenCursor& cursor) {
  if (!cursor.take_mark('@') || !cursor.at_name()) return std::nullopt;
  std::string name = cursor.take_text();
  while (cursor.take_mark('.')) name += "." + cursor.take_text();
  return to_lower(name);
}

Prepared take_source(TokenCursor cursor, std::string name) {
  Prepared prepared{.name = std::move(name)};
  auto text = take_literal(cursor);
  auto variable = take_variable(cursor);
  if (!ends_source(cursor) || (text && variable)) return prepared;
  prepared.text = std::move(text);
  prepared.variable = std::move(variable);
  return prepared;
}

// A cursor behind the verb of a statement.
std::optional<TokenCursor> behind(std::string_view verb, std::string_view statement) {
  TokenCursor cursor(statement, {});
  if (!skip_set_statement(cursor) || !cursor.take(verb)) return std::nullopt;
  return cursor;
}

// Followed by nothing, IMMEDIATE is the name of a statement.
bool take_immediate(TokenCursor& cursor) {
  TokenCursor ahead = cursor;
  if (!ahead.take("IMMEDIATE") || ends_source(ahead)) return false;
  cursor = std::move(ahead);
  return true;
}

}  // namespace

std::optional<Prepared> prepared_by(std::string_view statement) {
  auto cursor = behind("PREPARE", statement);
  if (!cursor || !cursor->at_name()) return std::nullopt;
  std::string name = to_lower(cursor->take_text());
  if (!cursor->take("FROM")) return std::nullopt;
  return take_source(std::move(*cursor), std::move(name));
}

std::optional<std::string> deallocated_by(std::string_view statement) {
  TokenCursor cursor(statement, {});
  if (!cursor.take("DEALLOCATE") && !cursor.take("DROP")) return std::nullopt;
  if (!cursor.take("PREPARE") || !cursor.at_name()) return std::nullopt;
  return to_lower(cursor.take_text());
}

std::optional<std::string> executed_name(std::string_view statement) {
  auto cursor = behind("EXECUTE", statement);
  if (!cursor || take_immediate(*cursor) || !cursor->at_name()) return std::nullopt;
  return to_lower(cursor->take_text());
}

std::optional<Prepared> executed_immediately(std::string_view statement) {
  auto cursor = behind("EXECUTE", statement);
  if (!cursor || !take_immediate(*cursor)) return std::nullopt;
  return take_source(std::move(*cursor), "");
}

}  // namespace migrate::core
