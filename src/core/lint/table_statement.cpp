#include "table_statement.h"

#include <array>
#include <utility>

#include "ascii.h"
#include "column_reader.h"
#include "name.h"
#include "object_reader.h"

namespace migrate::core::lint {
namespace {

class Reader {
 public:
  explicit Reader(std::string_view text) : cursor_(text, {}) {}

  std::optional<TableStatement> read() {
    if (!skip_set_statement(cursor_)) return std::nullopt;
    bool read = false;
    if (cursor_.take("CREATE")) {
      read = create();
    } else if (cursor_.take("ALTER")) {
      read = alter();
    } else if (cursor_.take("DROP")) {
      read = drop_index();
    }
    if (!read) return std::nullopt;
    return std::move(result_);
  }

 private:
  bool create() {
    if (cursor_.take("OR")) result_.replaces = cursor_.take("REPLACE");
    result_.is_temporary = cursor_.take("TEMPORARY");
    if (cursor_.take("TABLE")) return create_table();
    result_.kind = TableStatement::Kind::create_index;
    return create_index();
  }

  bool table_name() {
    auto name = take_object_name(cursor_, ObjectKind::table);
    if (!name) return false;
    result_.table = std::move(*name);
    return true;
  }

  void add(std::size_t offset, decltype(Clause::what) what) {
    result_.clauses.push_back({offset, std::move(what)});
  }

  bool create_table() {
    result_.kind = TableStatement::Kind::create_table;
    result_.is_lenient = take_existence(cursor_);
    if (!table_name()) return false;
    if (cursor_.take("LIKE")) return like();
    if (cursor_.at_mark('(')) {
      TokenCursor ahead = cursor_;
      ahead.take_mark('(');
      if (ahead.take("LIKE")) {
        cursor_ = std::move(ahead);
        return like();
      }
      if (!ahead.at("SELECT") && !ahead.at("WITH") && !ahead.at_mark('(')) {
        cursor_ = std::move(ahead);
        elements();
      }
    }
    while (!cursor_.at_end()) {
      if (cursor_.at("SELECT") || cursor_.at("WITH") || cursor_.at("VALUES") ||
          cursor_.at("TABLE")) {
        result_.source = TableStatement::Source::select;
        return true;
      }
      if (cursor_.at("PARTITION")) {
        skip_partitioning();
      } else if (!option() && !cursor_.take_mark('(')) {
        cursor_.advance_over_group();
      }
    }
    return true;
  }

  // Its words (ENGINE, SELECT's VALUES) are not those of the table.
  void skip_partitioning() {
    while (!cursor_.at_end() && !cursor_.at("AS") && !cursor_.at("SELECT"))
      cursor_.advance_over_group();
  }

  bool like() {
    result_.source = TableStatement::Source::like;
    auto model = take_object_name(cursor_, ObjectKind::table);
    if (!model) return false;
    result_.model = std::move(*model);
    return true;
  }

  // What is between the parentheses of a CREATE TABLE, or behind ADD (.
  void elements() {
    while (!cursor_.at_end() && !cursor_.take_mark(')')) {
      element();
      while (!cursor_.at_end() && !cursor_.at_mark(',') && !cursor_.at_mark(')'))
        cursor_.advance_over_group();
      cursor_.take_mark(',');
    }
  }

  // A column, an index or a constraint.
  void element() {
    const std::size_t offset = cursor_.begin();
    std::string constraint;
    if (cursor_.take("CONSTRAINT")) {
      take_existence(cursor_);
      if (!cursor_.at("PRIMARY") && !cursor_.at("UNIQUE") && !cursor_.at("FOREIGN") &&
          !cursor_.at("CHECK")) {
        constraint = cursor_.take_text();
      }
    }
    if (cursor_.take("PRIMARY")) {
      cursor_.take("KEY");
      index(offset, "PRIMARY", true);
    } else if (cursor_.take("UNIQUE")) {
      if (!cursor_.take("INDEX")) cursor_.take("KEY");
      index(offset, std::move(constraint), true);
    } else if (cursor_.take("FOREIGN")) {
      foreign_key(offset, std::move(constraint));
    } else if (cursor_.take("INDEX") || cursor_.take("KEY")) {
      index(offset, {}, false);
    } else if (cursor_.take("CHECK")) {
      add(offset, AddCheck{});
    } else if (at_special_index() || !cursor_.at_name() || at_period()) {
      // Full-text and spatial indexes serve no other purpose; they are no duplicates of others.
      add(offset, OtherClause{});
    } else {
      ColumnDefinition column = take_column(cursor_);
      const bool primary = column.is_primary;
      const bool unique = column.is_unique;
      std::string name = column.name;
      add(offset, AddColumn{std::move(column)});
      if (primary) add(offset, AddIndex{{"PRIMARY", {name}, true}});
      if (unique) add(offset, AddIndex{{name, {name}, true}});
    }
  }

  bool at_special_index() const {
    if (cursor_.at("FULLTEXT") || cursor_.at("SPATIAL")) return true;
    TokenCursor ahead = cursor_;
    return ahead.take("VECTOR") && (ahead.at("INDEX") || ahead.at("KEY"));
  }

  // MariaDB: PERIOD FOR name (start, end).
  bool at_period() const {
    TokenCursor ahead = cursor_;
    return ahead.take("PERIOD") && ahead.at("FOR");
  }

  // At its name, if it has one.
  void index(std::size_t offset, std::string name, bool unique) {
    take_existence(cursor_);
    if (cursor_.at_name() && !cursor_.at("USING")) {
      std::string own = cursor_.take_text();
      if (name != "PRIMARY") name = std::move(own);
    }
    if (cursor_.take("USING")) cursor_.advance();
    std::vector<std::string> columns = take_columns(cursor_);
    add(offset, AddIndex{{std::move(name), std::move(columns), unique}});
  }

  void foreign_key(std::size_t offset, std::string name) {
    cursor_.take("KEY");
    take_existence(cursor_);
    if (cursor_.at_name()) {
      std::string own = cursor_.take_text();
      if (name.empty()) name = std::move(own);
    }
    AddForeignKey key{std::move(name), take_columns(cursor_), {}, {}};
    if (cursor_.take("REFERENCES")) {
      if (auto parent = take_object_name(cursor_, ObjectKind::table)) key.parent = *parent;
      key.parent_columns = take_columns(cursor_);
    }
    add(offset, std::move(key));
  }

  // One option that matters here, in CREATE or ALTER.
  bool option() {
    const std::size_t offset = cursor_.begin();
    TokenCursor ahead = cursor_;
    ahead.take("DEFAULT");
    if (auto charset = take_charset(ahead)) {
      add(offset, Option{"CHARSET", std::move(*charset)});
    } else if (auto collation = take_collation(ahead)) {
      add(offset, Option{"COLLATE", std::move(*collation)});
    } else {
      static constexpr std::array<std::string_view, 3> names{"ENGINE", "ALGORITHM", "LOCK"};
      bool found = false;
      for (const std::string_view name : names) {
        if (!ahead.take(name)) continue;
        ahead.take_mark('=');
        add(offset, Option{std::string(name), ahead.take_text()});
        found = true;
        break;
      }
      if (!found) return false;
    }
    cursor_ = std::move(ahead);
    return true;
  }

  bool create_index() {
    const std::size_t offset = cursor_.begin();
    const bool unique = cursor_.take("UNIQUE");
    const bool special =
        cursor_.take("FULLTEXT") || cursor_.take("SPATIAL") || cursor_.take("VECTOR");
    if (!cursor_.take("INDEX")) return false;
    result_.is_lenient = take_existence(cursor_);
    std::string name = cursor_.take_text();
    if (cursor_.take("USING")) cursor_.advance();
    if (!cursor_.take("ON") || !table_name()) return false;
    std::vector<std::string> columns = take_columns(cursor_);
    if (special) {
      add(offset, OtherClause{});
    } else {
      add(offset, AddIndex{{std::move(name), std::move(columns), unique}});
    }
    options_to_end();
    return true;
  }

  bool drop_index() {
    const std::size_t offset = cursor_.begin();
    if (!cursor_.take("INDEX")) return false;
    result_.kind = TableStatement::Kind::drop_index;
    take_existence(cursor_);
    std::string name = cursor_.take_text();
    if (!cursor_.take("ON") || !table_name()) return false;
    add(offset, DropIndex{std::move(name)});
    options_to_end();
    return true;
  }

  void options_to_end() {
    while (!cursor_.at_end()) {
      if (!option()) cursor_.advance_over_group();
    }
  }

  bool alter() {
    cursor_.take("ONLINE");
    result_.ignores = cursor_.take("IGNORE");
    if (!cursor_.take("TABLE")) return false;
    result_.kind = TableStatement::Kind::alter_table;
    take_existence(cursor_);
    if (!table_name()) return false;
    if (cursor_.take("WAIT")) cursor_.advance();
    cursor_.take("NOWAIT");
    do {
      clause();
      // Options may follow each other without a comma.
      while (!cursor_.at_end() && !cursor_.at_mark(',')) {
        if (!option()) cursor_.advance_over_group();
      }
    } while (cursor_.take_mark(','));
    return true;
  }

  void clause() {
    const std::size_t offset = cursor_.begin();
    if (cursor_.take("ADD")) {
      added(offset);
    } else if (cursor_.take("MODIFY")) {
      cursor_.take("COLUMN");
      take_existence(cursor_);
      ColumnDefinition column = take_column(cursor_);
      std::string name = column.name;
      add(offset, ChangeColumn{std::move(name), std::move(column)});
    } else if (cursor_.take("CHANGE")) {
      cursor_.take("COLUMN");
      take_existence(cursor_);
      std::string old_name = cursor_.take_text();
      add(offset, ChangeColumn{std::move(old_name), take_column(cursor_)});
    } else if (cursor_.take("DROP")) {
      dropped(offset);
    } else if (cursor_.take("RENAME")) {
      renamed(offset);
    } else if (cursor_.take("CONVERT")) {
      converted(offset);
    } else if (cursor_.take("TRUNCATE")) {
      if (cursor_.take("PARTITION")) add(offset, LosePartition{"TRUNCATE", rest_of_names()});
    } else if (at_partitions()) {
      add(offset, ChangePartitions{});
    } else if (!option()) {
      add(offset, OtherClause{});
    }
  }

  // The clause begins with PARTITION BY, or names partitions behind its verb.
  bool at_partitions() const {
    TokenCursor ahead = cursor_;
    if (ahead.at("PARTITION")) return true;
    ahead.advance();
    return ahead.at("PARTITION") || ahead.at("PARTITIONING");
  }

  void added(std::size_t offset) {
    if (cursor_.take("PARTITION")) return add(offset, ChangePartitions{});
    if (cursor_.at("SYSTEM")) return add(offset, OtherClause{});
    const bool column = cursor_.take("COLUMN");
    take_existence(cursor_);
    if (cursor_.take_mark('(')) return elements();
    const std::size_t first = result_.clauses.size();
    if (column) {
      add(offset, AddColumn{take_column(cursor_)});
    } else {
      element();
    }
    for (std::size_t i = first; i < result_.clauses.size(); ++i) result_.clauses[i].offset = offset;
  }

  void dropped(std::size_t offset) {
    if (cursor_.take("PRIMARY")) return add(offset, DropIndex{"PRIMARY"});
    if (cursor_.take("INDEX") || cursor_.take("KEY")) {
      take_existence(cursor_);
      return add(offset, DropIndex{cursor_.take_text()});
    }
    if (cursor_.take("FOREIGN")) {
      cursor_.take("KEY");
      take_existence(cursor_);
      return add(offset, DropForeignKey{cursor_.take_text()});
    }
    if (cursor_.take("CONSTRAINT")) {
      take_existence(cursor_);
      return add(offset, DropForeignKey{cursor_.take_text()});
    }
    if (cursor_.take("PARTITION")) {
      take_existence(cursor_);
      return add(offset, LosePartition{"DROP", rest_of_names()});
    }
    if (cursor_.at("CHECK") || cursor_.at("SYSTEM") || cursor_.at("PERIOD"))
      return add(offset, OtherClause{});
    cursor_.take("COLUMN");
    take_existence(cursor_);
    add(offset, DropColumn{cursor_.take_text()});
  }

  std::string rest_of_names() {
    std::string names;
    while (cursor_.at_name()) {
      names += (names.empty() ? "" : ", ") + cursor_.take_text();
      TokenCursor ahead = cursor_;
      if (!ahead.take_mark(',')) break;
      cursor_ = std::move(ahead);
    }
    return names;
  }

  void renamed(std::size_t offset) {
    if (cursor_.take("COLUMN")) {
      take_existence(cursor_);
      std::string from = cursor_.take_text();
      cursor_.take("TO");
      return add(offset, RenameColumn{std::move(from), cursor_.take_text()});
    }
    if (cursor_.take("INDEX") || cursor_.take("KEY")) {
      take_existence(cursor_);
      std::string from = cursor_.take_text();
      cursor_.take("TO");
      return add(offset, RenameIndex{std::move(from), cursor_.take_text()});
    }
    if (!cursor_.take("TO") && !cursor_.take("AS")) cursor_.take_mark('=');
    if (auto name = take_object_name(cursor_, ObjectKind::table))
      add(offset, RenameTable{std::move(*name)});
  }

  void converted(std::size_t offset) {
    if (!cursor_.take("TO")) return add(offset, OtherClause{});
    ConvertCharset convert;
    if (auto charset = take_charset(cursor_)) convert.charset = *charset;
    if (auto collation = take_collation(cursor_)) convert.collation = *collation;
    add(offset, std::move(convert));
  }

  TokenCursor cursor_;
  TableStatement result_;
};

}  // namespace

std::string TableStatement::name() const {
  return full_name(table);
}

std::optional<std::string> TableStatement::option(std::string_view name) const {
  std::optional<std::string> value;
  for_each_clause<Option>(*this, [&](const Option& option, const Clause&) {
    if (option.name == name) value = option.value;
  });
  return value;
}

std::optional<TableStatement> read_table_statement(std::string_view statement) {
  return Reader(statement).read();
}

}  // namespace migrate::core::lint
