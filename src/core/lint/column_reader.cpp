#include "column_reader.h"

#include <array>
#include <utility>

#include "ascii.h"

namespace migrate::core::lint {
namespace {

struct Synonym {
  std::string_view word;
  std::string_view usual;
};

// https://dev.mysql.com/doc/refman/8.4/en/numeric-type-syntax.html and string-type-syntax.html
constexpr std::array<Synonym, 17> synonyms{{{"INTEGER", "INT"},
                                            {"INT4", "INT"},
                                            {"INT8", "BIGINT"},
                                            {"INT1", "TINYINT"},
                                            {"INT2", "SMALLINT"},
                                            {"INT3", "MEDIUMINT"},
                                            {"MIDDLEINT", "MEDIUMINT"},
                                            {"BOOL", "TINYINT"},
                                            {"BOOLEAN", "TINYINT"},
                                            {"DEC", "DECIMAL"},
                                            {"NUMERIC", "DECIMAL"},
                                            {"FIXED", "DECIMAL"},
                                            {"REAL", "DOUBLE"},
                                            {"FLOAT8", "DOUBLE"},
                                            {"FLOAT4", "FLOAT"},
                                            {"CHARACTER", "CHAR"},
                                            {"NCHAR", "CHAR"}}};

std::string take_type_name(TokenCursor& cursor) {
  cursor.take("NATIONAL");
  std::string name = to_upper(cursor.take_text());
  if (name == "DOUBLE") cursor.take("PRECISION");
  if (cursor.take("VARYING")) return "VARCHAR";
  if (name == "NVARCHAR" || name == "VARCHARACTER") return "VARCHAR";
  if (name == "LONG") return cursor.take("VARBINARY") ? "MEDIUMBLOB" : "MEDIUMTEXT";
  for (const Synonym& synonym : synonyms) {
    if (name == synonym.word) return std::string(synonym.usual);
  }
  return name;
}

std::vector<std::string> take_arguments(TokenCursor& cursor) {
  std::vector<std::string> arguments;
  if (!cursor.take_mark('(')) return arguments;
  while (!cursor.at_end() && !cursor.take_mark(')')) {
    if (cursor.at_name()) {
      arguments.push_back(cursor.take_text());
    } else {
      cursor.advance();
    }
  }
  return arguments;
}

ColumnType take_type(TokenCursor& cursor) {
  ColumnType type;
  type.name = take_type_name(cursor);
  type.arguments = take_arguments(cursor);
  for (;;) {
    if (cursor.take("ZEROFILL")) {
      type.is_unsigned = type.is_zerofill = true;
    } else if (cursor.take("UNSIGNED")) {
      type.is_unsigned = true;
    } else if (!cursor.take("SIGNED") && !cursor.take("BINARY")) {
      return type;
    }
  }
}

void take_default(TokenCursor& cursor, ColumnDefinition& column) {
  column.has_default = true;
  const bool negative = cursor.take_mark('-');
  if (cursor.at_mark('(')) {
    column.default_is_expression = true;
    return cursor.advance_over_group();
  }
  const bool literal = cursor.kind() == TokenKind::string ||
                       (cursor.kind() == TokenKind::word && is_digit(cursor.text().front()));
  std::string text = cursor.take_text();
  if (literal) column.default_text = (negative ? "-" : "") + std::move(text);
  if (cursor.at_mark('(')) cursor.advance_over_group();  // CURRENT_TIMESTAMP(6)
}

void take_references(TokenCursor& cursor, ColumnDefinition& column) {
  column.references = cursor.begin();
  while (!cursor.at_end() && !cursor.at_mark(',') && !cursor.at_mark(')'))
    cursor.advance_over_group();
}

/// One attribute behind the type.
void take_attribute(TokenCursor& cursor, ColumnDefinition& column) {
  if (auto charset = take_charset(cursor)) {
    column.type.charset = *charset;
  } else if (auto collation = take_collation(cursor)) {
    column.type.collation = *collation;
  } else if (cursor.take("NOT")) {
    if (cursor.take("NULL")) column.is_not_null = true;
  } else if (cursor.take("NULL")) {
    column.says_null = true;
  } else if (cursor.take("DEFAULT")) {
    take_default(cursor, column);
  } else if (cursor.take("ON")) {  // UPDATE CURRENT_TIMESTAMP
    cursor.take("UPDATE");
    cursor.advance();
  } else if (cursor.take("COMMENT")) {
    cursor.advance();
  } else if (cursor.take("AUTO_INCREMENT")) {
    column.is_auto_increment = true;
  } else if (cursor.take("UNIQUE")) {
    cursor.take("KEY");
    column.is_unique = true;
  } else if (cursor.take("PRIMARY") || cursor.at("KEY")) {
    cursor.take("KEY");
    column.is_primary = column.is_not_null = true;
  } else if (cursor.take("AS")) {
    column.is_generated = true;
  } else if (cursor.take("STORED") || cursor.take("PERSISTENT")) {
    column.is_stored = true;
  } else if (cursor.at("REFERENCES")) {
    take_references(cursor, column);
  } else {
    cursor.advance_over_group();
  }
}

}  // namespace

std::vector<std::string> take_columns(TokenCursor& cursor) {
  std::vector<std::string> columns;
  if (!cursor.take_mark('(')) return columns;
  while (!cursor.at_end() && !cursor.take_mark(')')) {
    if (cursor.at_mark('(')) {
      cursor.advance_over_group();
      columns.emplace_back("()");
    } else {
      columns.push_back(cursor.take_text());
    }
    while (!cursor.at_end() && !cursor.at_mark(',') && !cursor.at_mark(')'))
      cursor.advance_over_group();
    cursor.take_mark(',');
  }
  return columns;
}

std::optional<std::string> take_charset(TokenCursor& cursor) {
  TokenCursor ahead = cursor;
  if (!ahead.take("CHARSET")) {
    if (!ahead.take("CHARACTER") && !ahead.take("CHAR")) return std::nullopt;
    if (!ahead.take("SET")) return std::nullopt;
  }
  ahead.take_mark('=');
  std::string name = to_lower(ahead.take_text());
  cursor = std::move(ahead);
  return name;
}

std::optional<std::string> take_collation(TokenCursor& cursor) {
  if (!cursor.take("COLLATE")) return std::nullopt;
  cursor.take_mark('=');
  return to_lower(cursor.take_text());
}

ColumnDefinition take_column(TokenCursor& cursor) {
  ColumnDefinition column;
  column.offset = cursor.begin();
  column.name = cursor.take_text();
  column.type_offset = cursor.begin();
  column.type = take_type(cursor);
  if (column.type.name == "SERIAL") {
    column.type.name = "BIGINT";
    column.type.is_unsigned = column.is_not_null = true;
    column.is_auto_increment = column.is_unique = true;
  }
  while (!cursor.at_end() && !cursor.at_mark(',') && !cursor.at_mark(')'))
    take_attribute(cursor, column);
  return column;
}

}  // namespace migrate::core::lint
