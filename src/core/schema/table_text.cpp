#include <algorithm>
#include <array>
#include <charconv>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ascii.h"
#include "core/schema/definition_text.h"
#include "keyword_set.h"
#include "qualifier.h"
#include "token_cursor.h"

namespace migrate::core::schema {
namespace {

std::uint64_t number(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// The pieces of a list in parentheses, at whose opening one the cursor stands.
std::vector<std::string> take_list(TokenCursor& cursor) {
  std::vector<std::string> pieces;
  cursor.take_mark('(');
  for (;;) {
    const std::size_t begin = cursor.begin();
    while (!cursor.at_end() && !cursor.at_mark(',') && !cursor.at_mark(')'))
      cursor.advance_over_group();
    // Up to the comma: a conditional comment belongs to the piece that it ends.
    std::string piece(cursor.slice(begin, cursor.begin()));
    while (!piece.empty() && is_space(piece.back())) piece.pop_back();
    pieces.push_back(std::move(piece));
    if (!cursor.take_mark(',')) break;
  }
  cursor.take_mark(')');
  return pieces;
}

std::vector<std::string> take_names(TokenCursor& cursor) {
  std::vector<std::string> names;
  for (const std::string& piece : take_list(cursor))
    names.push_back(TokenCursor(piece, {}).take_text());
  return names;
}

bool is_binary(const std::string& data_type) {
  static constexpr KeywordSet types(std::to_array<std::string_view>(
      {"BINARY", "BLOB", "LONGBLOB", "MEDIUMBLOB", "TINYBLOB", "VARBINARY"}));
  return types.contains(data_type);
}

bool is_above_ascii(char byte) {
  constexpr unsigned char last = 0x7f;
  return static_cast<unsigned char>(byte) > last;
}

std::string hex_literal(std::string_view bytes) {
  std::string literal = "X'";
  for (const char byte : bytes) literal += fmt::format("{:02X}", static_cast<unsigned char>(byte));
  return literal + "'";
}

/// Reads one column: its name and all that stands behind it.
class ColumnReader {
 public:
  explicit ColumnReader(const std::string& text) : text_(text), cursor_(text_, {}) {}

  Column read() {
    column_.name = cursor_.take_text();
    column_.definition = text_.substr(cursor_.begin());
    type();
    while (!cursor_.at_end()) attribute();
    return std::move(column_);
  }

 private:
  void type() {
    const std::size_t begin = cursor_.begin();
    column_.data_type = to_lower(cursor_.text());
    cursor_.advance();
    if (cursor_.at_mark('(')) cursor_.advance_over_group();
    while (cursor_.at("UNSIGNED") || cursor_.at("ZEROFILL") || cursor_.at("SIGNED")) {
      if (cursor_.at("UNSIGNED")) column_.is_unsigned = true;
      cursor_.advance();
    }
    column_.type = cursor_.slice(begin, cursor_.end_of_previous());
  }

  void attribute() {
    if (cursor_.take("NOT")) {
      if (cursor_.take("NULL")) column_.nullable = false;
    } else if (cursor_.take("CHARACTER")) {
      cursor_.take("SET");
      column_.charset = cursor_.take_text();
    } else if (cursor_.take("CHARSET")) {
      column_.charset = cursor_.take_text();
    } else if (cursor_.take("COLLATE")) {
      column_.collation = cursor_.take_text();
    } else if (cursor_.take("DEFAULT")) {
      take_default();
    } else if (cursor_.take("ON")) {
      if (cursor_.take("UPDATE")) column_.on_update = expression();
    } else if (cursor_.take("AUTO_INCREMENT")) {
      column_.auto_increment = true;
    } else if (cursor_.take("INVISIBLE")) {
      column_.invisible = true;
    } else if (cursor_.take("COMMENT")) {
      column_.comment = cursor_.take_text();
    } else if (cursor_.take("CHECK")) {
      column_.check = cursor_.take_group();
    } else if (cursor_.take("AS")) {
      generated();
    } else {
      cursor_.advance_over_group();
    }
  }

  /// MariaDB shows the bytes of a binary one as they are, which need not be text.
  void take_default() {
    const std::size_t begin = cursor_.begin();
    const bool bytes = cursor_.kind() == TokenKind::string && is_binary(column_.data_type) &&
                       std::ranges::any_of(cursor_.text(), is_above_ascii);
    const std::string value = bytes ? hex_literal(TokenCursor(cursor_).take_text()) : std::string();
    column_.default_value = expression();
    if (!bytes) return;
    const std::size_t place = begin - (text_.size() - column_.definition.size());
    column_.definition.replace(place, column_.default_value->size(), value);
    column_.default_value = value;
  }

  void generated() {
    if (cursor_.take("ROW")) {
      column_.generated = cursor_.take("START") ? Generated::row_start : Generated::row_end;
      return;
    }
    column_.expression = cursor_.take_group();
    column_.generated = Generated::on_read;
    if (cursor_.take("STORED") || cursor_.take("PERSISTENT")) column_.generated = Generated::stored;
  }

  /// Up to the next attribute.
  std::string expression() {
    static constexpr KeywordSet attributes(std::to_array<std::string_view>(
        {"AUTO_INCREMENT", "CHARACTER", "CHECK", "COLLATE", "COLUMN_FORMAT", "COMMENT",
         "ENGINE_ATTRIBUTE", "GENERATED", "INVISIBLE", "NOT", "ON", "REF_SYSTEM_ID",
         "SECONDARY_ENGINE_ATTRIBUTE", "SRID", "STORAGE", "WITH", "WITHOUT"}));
    const std::size_t begin = cursor_.begin();
    do {
      cursor_.advance_over_group();
    } while (!cursor_.at_end() && cursor_.kind() != TokenKind::quoted_identifier &&
             !(cursor_.kind() == TokenKind::word && attributes.contains(cursor_.text())));
    return std::string(cursor_.slice(begin, cursor_.end_of_previous()));
  }

  const std::string& text_;
  TokenCursor cursor_;
  Column column_;
};

IndexPart read_part(const std::string& text) {
  TokenCursor cursor(text, {});
  IndexPart part;
  if (cursor.at_mark('(')) {
    cursor.advance_over_group();
    part.expression = cursor.slice(0, cursor.end_of_previous());
  } else {
    part.column = cursor.take_text();
    if (cursor.at_mark('(')) part.prefix = number(cursor.take_group());
  }
  part.descending = cursor.at("DESC");
  return part;
}

IndexKind index_kind(TokenCursor& cursor) {
  if (cursor.take("HASH")) return IndexKind::hash;
  cursor.advance();
  return IndexKind::btree;
}

Index read_index(const std::string& text) {
  TokenCursor cursor(text, {});
  Index index{.definition = text};
  index.primary = cursor.take("PRIMARY");
  index.unique = cursor.take("UNIQUE") || index.primary;
  if (cursor.take("FULLTEXT")) index.kind = IndexKind::fulltext;
  if (cursor.take("SPATIAL")) index.kind = IndexKind::spatial;
  while (cursor.take("VECTOR") || cursor.take("KEY") || cursor.take("INDEX")) {
  }
  index.name = cursor.kind() == TokenKind::quoted_identifier ? cursor.take_text() : "PRIMARY";
  if (cursor.take("USING")) index.kind = index_kind(cursor);
  for (const std::string& part : take_list(cursor)) index.parts.push_back(read_part(part));
  while (!cursor.at_end()) {
    if (cursor.take("USING")) {
      index.kind = index_kind(cursor);
    } else if (cursor.take("COMMENT")) {
      index.comment = cursor.take_text();
    } else if (cursor.take("INVISIBLE") || cursor.take("IGNORED")) {
      index.visible = false;
    } else {
      cursor.advance_over_group();
    }
  }
  return index;
}

std::string take_action(TokenCursor& cursor) {
  std::string action = to_upper(cursor.take_text());
  if (action == "SET" || action == "NO") action += " " + to_upper(cursor.take_text());
  return action;
}

/// From the words FOREIGN KEY on.
ForeignKey read_foreign_key(TokenCursor& cursor) {
  ForeignKey key;
  cursor.take("KEY");
  if (!cursor.at_mark('(')) cursor.advance();
  key.columns = take_names(cursor);
  cursor.take("REFERENCES");
  key.referenced_table = cursor.take_text();
  if (cursor.take_mark('.'))
    key.referenced_schema = std::exchange(key.referenced_table, cursor.take_text());
  key.referenced_columns = take_names(cursor);
  while (!cursor.at_end()) {
    if (cursor.take("DELETE")) {
      key.on_delete = take_action(cursor);
    } else if (cursor.take("UPDATE")) {
      key.on_update = take_action(cursor);
    } else {
      cursor.advance();
    }
  }
  return key;
}

/// MariaDB shows where the intervals of history partitions start, and does not tell whether
/// somebody declared that or it was the day on which the table was made
/// (https://mariadb.com/kb/en/system-versioned-tables/#automatically-creating-partitions).
std::string without_start(const std::string& partitioning) {
  TokenCursor cursor(partitioning, {});
  for (const std::string_view word : {"PARTITION", "BY", "SYSTEM_TIME"}) {
    if (!cursor.take(word)) return partitioning;
  }
  while (!cursor.at_end() && !cursor.at("STARTS") && !cursor.at_mark('(')) cursor.advance();
  if (!cursor.at("STARTS")) return partitioning;
  const std::size_t begin = cursor.end_of_previous();
  while (!cursor.at_end() && cursor.kind() != TokenKind::string) cursor.advance();
  cursor.advance();
  return partitioning.substr(0, begin) + partitioning.substr(cursor.end_of_previous());
}

class TableReader {
 public:
  explicit TableReader(const std::string& text) : text_(text), cursor_(text_, {}) {}

  std::optional<Table> read() {
    if (!cursor_.take("CREATE") || !cursor_.take("TABLE") || !cursor_.at_name())
      return std::nullopt;
    table_.name = cursor_.take_text();
    if (!cursor_.at_mark('(')) return std::nullopt;
    for (const std::string& element : take_list(cursor_)) {
      if (!read_element(element)) return std::nullopt;
    }
    while (!cursor_.at_end() && !cursor_.at("PARTITION")) option();
    const std::size_t partitions = cursor_.begin();
    while (!cursor_.at_end()) cursor_.advance();
    if (partitions < text_.size()) {
      // The end of a conditional comment around it is no token.
      table_.partitioning =
          without_start(std::string(cursor_.slice(partitions, cursor_.end_of_previous())));
    }
    arrange();
    return std::move(table_);
  }

 private:
  bool read_element(const std::string& text) {
    const TokenCursor cursor(text, {});
    if (cursor.kind() == TokenKind::quoted_identifier) {
      table_.columns.push_back(ColumnReader(text).read());
      table_.columns.back().position = table_.columns.size();
    } else if (cursor.at("PERIOD")) {
      table_.periods.push_back(text);
    } else if (cursor.at("CONSTRAINT") || cursor.at("FOREIGN") || cursor.at("CHECK")) {
      read_constraint(text);
    } else if (cursor.at("PRIMARY") || cursor.at("UNIQUE") || cursor.at("KEY") ||
               cursor.at("INDEX") || cursor.at("FULLTEXT") || cursor.at("SPATIAL") ||
               cursor.at("VECTOR")) {
      table_.indexes.push_back(read_index(text));
    } else {
      return false;
    }
    return true;
  }

  void read_constraint(const std::string& text) {
    TokenCursor cursor(text, {});
    std::string name;
    if (cursor.take("CONSTRAINT") && cursor.kind() == TokenKind::quoted_identifier)
      name = cursor.take_text();
    if (cursor.take("FOREIGN")) {
      ForeignKey key = read_foreign_key(cursor);
      key.name = std::move(name);
      key.definition = text;
      table_.foreign_keys.push_back(std::move(key));
    } else if (cursor.take("CHECK")) {
      Check check{.name = std::move(name), .definition = text, .expression = cursor.take_group()};
      check.enforced = !cursor.at("NOT");
      table_.checks.push_back(std::move(check));
    }
  }

  // NAME [NAME …] [= VALUE]; see https://mariadb.com/kb/en/create-table/#table-options and
  // https://dev.mysql.com/doc/refman/9.7/en/create-table.html
  void option() {
    TableOption option;
    const std::size_t begin = cursor_.begin();
    if (cursor_.take("WITH")) {
      while (cursor_.at("SYSTEM") || cursor_.at("VERSIONING")) cursor_.advance();
      option.name = "WITH SYSTEM VERSIONING";
      table_.system_versioned = true;
    } else if (cursor_.take("TABLESPACE")) {
      cursor_.take_mark('=');  // as create_table_text() writes it
      option = {"TABLESPACE", take_value()};
    } else {
      while (cursor_.at_name() && !cursor_.at_mark('=')) cursor_.advance();
      option.name = cursor_.slice(begin, cursor_.end_of_previous());
      if (cursor_.take_mark('=')) {
        option.value = take_value();
      } else if (cursor_.begin() == begin) {
        cursor_.advance();  // nothing that could be an option
        return;
      }
    }
    keep(std::move(option));
  }

  std::string take_value() {
    const std::size_t begin = cursor_.begin();
    cursor_.advance_over_group();
    return std::string(cursor_.slice(begin, cursor_.end_of_previous()));
  }

  void keep(TableOption option) {
    if (option.name.front() != '`') option.name = to_upper(option.name);
    const std::string value = TokenCursor(option.value, {}).take_text();
    if (option.name == "AUTO_INCREMENT") {
      table_.auto_increment = number(value);
      return;
    }
    if (option.name == "ENGINE") table_.engine = value;
    if (option.name == "ROW_FORMAT") table_.row_format = value;
    if (option.name == "DEFAULT CHARSET") table_.charset = value;
    if (option.name == "COLLATE") table_.collation = value;
    if (option.name == "COMMENT") table_.comment = value;
    table_.options.push_back(std::move(option));
  }

  /// In which order they were added does not matter; two ways to one schema end alike.
  void arrange() {
    std::ranges::sort(table_.indexes, {}, [](const Index& index) {
      return std::tuple(!index.primary, !index.unique, std::string_view(index.name));
    });
    std::ranges::sort(table_.foreign_keys, {}, &ForeignKey::name);
    std::ranges::sort(table_.checks, {}, &Check::name);
    // MariaDB shows those of an engine as they were given, or added.
    const auto of_engine = [](const TableOption& option) { return option.name.front() == '`'; };
    const auto first = std::ranges::find_if(table_.options, of_engine);
    const auto last = std::find_if_not(first, table_.options.end(), of_engine);
    std::ranges::sort(first, last, {}, &TableOption::name);
  }

  const std::string& text_;
  TokenCursor cursor_;
  Table table_;
};

}  // namespace

std::optional<Table> read_create_table(std::string_view text, std::string_view schema) {
  const std::string own = without_qualifier(text, schema);
  auto table = TableReader(own).read();
  if (table) table->definition = create_table_text(*table);
  return table;
}

std::string create_table_text(const Table& table) {
  std::vector<std::string> elements;
  elements.reserve(table.columns.size());
  for (const Column& column : table.columns)
    elements.push_back(quoted_name(column.name) + " " + column.definition);
  elements.insert(elements.end(), table.periods.begin(), table.periods.end());
  for (const Index& index : table.indexes) elements.push_back(index.definition);
  for (const ForeignKey& key : table.foreign_keys) elements.push_back(key.definition);
  for (const Check& check : table.checks) elements.push_back(check.definition);
  std::string text = fmt::format("CREATE TABLE {} (\n  {}\n)", quoted_name(table.name),
                                 fmt::join(elements, ",\n  "));
  for (const TableOption& option : table.options) {
    text += " " + option.name;
    if (!option.value.empty()) text += "=" + option.value;
  }
  if (!table.partitioning.empty()) text += "\n" + table.partitioning;
  return text;
}

namespace {

/// What stands behind the type, without CHARACTER SET and COLLATE.
std::string behind_type(const Column& column) {
  TokenCursor cursor(column.definition, {});
  std::size_t kept = column.type.size();
  while (!cursor.at_end() && cursor.begin() < kept) cursor.advance_over_group();
  std::string result;
  while (!cursor.at_end()) {
    const std::size_t end_of_previous = cursor.end_of_previous();
    bool charset = cursor.take("COLLATE") || cursor.take("CHARSET");
    if (!charset && cursor.take("CHARACTER")) charset = cursor.take("SET");
    cursor.advance_over_group();
    if (!charset) continue;
    result += column.definition.substr(kept, end_of_previous - kept);
    kept = cursor.end_of_previous();
  }
  return result + column.definition.substr(kept);
}

}  // namespace

std::string explicit_definition(const Column& column) {
  if (column.charset.empty()) return column.definition;
  return fmt::format("{} CHARACTER SET {} COLLATE {}{}", column.type, column.charset,
                     column.collation, behind_type(column));
}

namespace {

bool has_charset(const std::string& data_type) {
  static constexpr KeywordSet types(std::to_array<std::string_view>(
      {"CHAR", "ENUM", "LONGTEXT", "MEDIUMTEXT", "SET", "TEXT", "TINYTEXT", "VARCHAR"}));
  return types.contains(data_type);
}

std::string default_collation(const std::string& charset, const DefaultCollations& defaults) {
  const auto found = defaults.find(charset);
  return found == defaults.end() ? std::string() : found->second;
}

/// https://dev.mysql.com/doc/refman/9.7/en/charset-column.html
void resolve(Column& column, const Table& table, const DefaultCollations& defaults) {
  if (!has_charset(column.data_type)) return;
  if (column.charset.empty() && column.collation.empty()) {
    column.charset = table.charset;
    column.collation = table.collation;
  } else if (column.charset.empty()) {
    column.charset = column.collation.substr(0, column.collation.find('_'));
  } else if (column.collation.empty()) {
    column.collation = default_collation(column.charset, defaults);
  }
}

}  // namespace

void settle_charsets(Table& table, const DefaultCollations& defaults) {
  if (table.collation.empty()) table.collation = default_collation(table.charset, defaults);
  for (Column& column : table.columns) {
    resolve(column, table, defaults);
    if (column.charset.empty()) continue;
    const bool own = column.charset == table.charset && column.collation == table.collation;
    column.definition = own ? column.type + behind_type(column) : explicit_definition(column);
  }
  std::erase_if(table.options, [](const TableOption& option) { return option.name == "COLLATE"; });
  const auto charset = std::ranges::find(table.options, "DEFAULT CHARSET", &TableOption::name);
  if (charset != table.options.end())
    table.options.insert(charset + 1, {.name = "COLLATE", .value = table.collation});
  table.definition = create_table_text(table);
}

std::string fingerprint_text(const Table& table) {
  return table.definition;
}

}  // namespace migrate::core::schema
