#include "object_reader.h"

#include <string>
#include <utility>

namespace migrate::core {
namespace {

// Without quotes a host goes on behind its dots.
std::string take_host(TokenCursor& cursor) {
  if (!cursor.at_name()) return {};
  const bool quoted = cursor.kind() != TokenKind::word;
  std::string host = cursor.take_text();
  while (!quoted && cursor.take_mark('.')) {
    host += '.';
    if (cursor.kind() == TokenKind::word) host += cursor.take_text();
  }
  return host;
}

}  // namespace

bool skip_set_statement(TokenCursor& cursor) {
  if (!cursor.take("SET")) return true;
  if (!cursor.take("STATEMENT")) return false;
  while (!cursor.at_end() && !cursor.take("FOR")) cursor.advance();
  return true;
}

std::optional<ObjectKind> take_object_kind(TokenCursor& cursor) {
  if (cursor.take("TABLE") || cursor.take("TABLES")) return ObjectKind::table;
  if (cursor.take("VIEW")) return ObjectKind::view;
  if (cursor.take("INDEX")) return ObjectKind::index;
  if (cursor.take("PROCEDURE")) return ObjectKind::procedure;
  if (cursor.take("FUNCTION")) return ObjectKind::function;
  if (cursor.take("PACKAGE")) return ObjectKind::package;
  if (cursor.take("TRIGGER")) return ObjectKind::trigger;
  if (cursor.take("EVENT")) return ObjectKind::event;
  if (cursor.take("SEQUENCE")) return ObjectKind::sequence;
  if (cursor.take("DATABASE") || cursor.take("SCHEMA")) return ObjectKind::schema;
  if (cursor.take("USER") || cursor.take("ROLE")) return ObjectKind::account;
  return std::nullopt;
}

bool take_existence(TokenCursor& cursor) {
  TokenCursor ahead = cursor;
  if (!ahead.take("IF")) return false;
  ahead.take("NOT");
  if (!ahead.take("EXISTS")) return false;
  cursor = std::move(ahead);
  return true;
}

std::optional<ObjectName> take_object_name(TokenCursor& cursor, ObjectKind kind) {
  if (!cursor.at_name()) return std::nullopt;
  ObjectName result{kind, {}, cursor.take_text()};
  if (kind == ObjectKind::account) {
    if (cursor.take_mark('@')) result.name += "@" + take_host(cursor);
  } else if (cursor.take_mark('.')) {
    if (!cursor.at_name()) return std::nullopt;
    result.schema = std::exchange(result.name, cursor.take_text());
  }
  return result;
}

}  // namespace migrate::core
