#include "core/schema_change.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

class Reader {
 public:
  explicit Reader(TokenCursor cursor) : cursor_(std::move(cursor)) {}

  SchemaChange read() {
    if (!skip_set_statement(cursor_)) return {};
    if (cursor_.take("CREATE")) {
      if (const auto kind = kind_behind_modifiers()) create(*kind);
    } else if (cursor_.take("ALTER")) {
      if (const auto kind = kind_behind_modifiers()) alter(*kind);
    } else if (cursor_.take("DROP")) {
      if (const auto kind = kind_behind_modifiers()) drop(*kind);
    } else if (cursor_.take("RENAME")) {
      if (const auto kind = take_object_kind(cursor_)) rename(*kind);
    } else if (cursor_.take("TRUNCATE")) {
      cursor_.take("TABLE");
      object(ObjectKind::table, Change::altered);
    } else if (cursor_.take("IMPORT")) {
      change_.may_take_long = true;
    }
    return std::move(change_);
  }

 private:
  void skip_to(std::string_view keyword) {
    while (!cursor_.at_end() && !cursor_.take(keyword)) cursor_.advance_over_group();
  }

  void skip_definer() {
    cursor_.take_mark('=');
    take_object_name(cursor_, ObjectKind::account);
    if (cursor_.at_mark('(')) cursor_.advance_over_group();
  }

  // A closed list: behind other words (LIBRARY, SERVER) comes text in which the name of a kind
  // means nothing. OR REPLACE is noted; temporary tables are no objects.
  std::optional<ObjectKind> kind_behind_modifiers() {
    static constexpr std::array<std::string_view, 13> words{
        "AGGREGATE", "DUALITY", "EXTERNAL",   "FULLTEXT", "IGNORE", "JSON",  "OFFLINE",
        "ONLINE",    "OR",      "RELATIONAL", "SPATIAL",  "UNIQUE", "VECTOR"};
    const auto take_word = [this](std::string_view word) { return cursor_.take(word); };
    for (;;) {
      if (cursor_.take("REPLACE")) {
        change_.lenient = true;
      } else if (cursor_.take("DEFINER")) {
        skip_definer();
      } else if (cursor_.take("ALGORITHM")) {
        cursor_.take_mark('=');
        cursor_.advance();
      } else if (cursor_.take("SQL")) {
        cursor_.take("SECURITY");
        cursor_.advance();
      } else if (std::ranges::none_of(words, take_word)) {
        break;
      }
    }
    const auto kind = take_object_kind(cursor_);
    if (!kind) change_ = {};
    return kind;
  }

  void existence() {
    if (take_existence(cursor_)) change_.lenient = true;
  }

  bool object(ObjectKind kind, Change change) {
    auto name = take_object_name(cursor_, kind);
    if (!name) return false;
    if (kind == ObjectKind::schema) change_.reaches_further = true;
    change_.objects.push_back({std::move(*name), change});
    return true;
  }

  void create(ObjectKind kind) {
    // A body is made of a package that is there.
    const bool body = kind == ObjectKind::package && cursor_.take("BODY");
    existence();
    if (kind == ObjectKind::index) {
      indexed_table();
    } else if (kind == ObjectKind::account) {
      accounts(Change::created);
    } else if (object(kind, body ? Change::altered : Change::created)) {
      if (kind == ObjectKind::table) change_.may_take_long = copies_rows();
      // One that a library brings (RETURNS … SONAME) has no definition.
      if (kind == ObjectKind::function && cursor_.at("RETURNS")) change_.hidden = true;
    }
  }

  // CREATE TABLE … [AS] SELECT, WITH, TABLE or VALUES. The columns are in parentheses.
  bool copies_rows() {
    int depth = 0;
    for (; !cursor_.at_end(); cursor_.advance()) {
      if (cursor_.at_mark('(')) ++depth;
      if (cursor_.at_mark(')')) --depth;
      if (cursor_.at("SELECT")) return true;
      if (depth == 0 && (cursor_.at("AS") || cursor_.at("TABLE") || cursor_.at("VALUES")))
        return true;
    }
    return false;
  }

  void indexed_table() {
    change_.may_take_long = true;
    skip_to("ON");
    object(ObjectKind::table, Change::altered);
  }

  // Each account may have options, until those of all begin.
  void accounts(Change change) {
    do {
      TokenCursor ahead = cursor_;
      if (ahead.take_text(); ahead.at_mark('(')) return;  // USER(): whoever runs it
      if (!object(ObjectKind::account, change)) return;
      while (!cursor_.at_end() && !cursor_.at_mark(',')) {
        const bool default_role = cursor_.at("DEFAULT");
        cursor_.advance_over_group();
        if (default_role && cursor_.at("ROLE")) return;
      }
    } while (cursor_.take_mark(','));
  }

  void alter(ObjectKind kind) {
    existence();
    switch (kind) {
      case ObjectKind::account:
        accounts(Change::altered);
        break;
      case ObjectKind::schema:
        change_.reaches_further = change_.may_take_long = true;
        if (!schema_name_is_left_out()) object(kind, Change::altered);
        break;
      case ObjectKind::table:
        change_.may_take_long = true;
        if (object(kind, Change::altered)) altered_table();
        break;
      case ObjectKind::event:
        if (object(kind, Change::altered)) altered_event();
        break;
      default:
        object(kind, Change::altered);
    }
  }

  // Then it is the session's (https://dev.mysql.com/doc/refman/8.4/en/alter-database.html).
  bool schema_name_is_left_out() const {
    return cursor_.at("CHARACTER") || cursor_.at("CHARSET") || cursor_.at("COLLATE") ||
           cursor_.at("COMMENT") || cursor_.at("DEFAULT") || cursor_.at("ENCRYPTION") ||
           cursor_.at("READ");
  }

  void renamed_first_to(ObjectName name) {
    change_.objects.resize(1);
    change_.objects.front().change = Change::renamed_away;
    change_.objects.push_back({std::move(name), Change::renamed_here});
  }

  void altered_event() {
    for (; !cursor_.at_end() && !cursor_.at("DO"); cursor_.advance()) {
      if (!cursor_.take("RENAME")) continue;
      cursor_.take("TO");
      if (auto name = take_object_name(cursor_, ObjectKind::event)) renamed_first_to(*name);
      return;
    }
  }

  void altered_table() {
    std::optional<ObjectName> new_name;
    if (cursor_.take("WAIT")) cursor_.advance();
    cursor_.take("NOWAIT");
    do {
      if (cursor_.take("RENAME")) {
        if (auto name = renamed_table()) new_name = std::move(name);
      } else if (cursor_.take("CHANGE")) {
        change_.reaches_further = true;
      } else if (cursor_.take("EXCHANGE")) {
        skip_to("WITH");
        cursor_.take("TABLE");
        object(ObjectKind::table, Change::altered);
        change_.hidden = true;
      } else if (cursor_.take("CONVERT")) {
        converted_partition();
      } else if (cursor_.take("IMPORT")) {
        change_.hidden = true;
      }
      for (; !cursor_.at_end() && !cursor_.at_mark(','); cursor_.advance_over_group()) existence();
    } while (cursor_.take_mark(','));
    if (new_name) renamed_first_to(std::move(*new_name));
  }

  // RENAME COLUMN | INDEX | KEY, or RENAME [TO | AS | =] name, which is returned.
  std::optional<ObjectName> renamed_table() {
    if (cursor_.at("INDEX") || cursor_.at("KEY")) return std::nullopt;
    change_.reaches_further = true;
    if (cursor_.at("COLUMN")) return std::nullopt;
    if (!cursor_.take("TO") && !cursor_.take("AS")) cursor_.take_mark('=');
    return take_object_name(cursor_, ObjectKind::table);
  }

  // MariaDB: CONVERT PARTITION p TO TABLE name, CONVERT TABLE name TO PARTITION p …
  // (https://mariadb.com/kb/en/alter-table/); CONVERT TO CHARACTER SET is another clause.
  void converted_partition() {
    if (cursor_.take("PARTITION")) {
      skip_to("TABLE");
      object(ObjectKind::table, Change::created);
    } else if (cursor_.take("TABLE")) {
      object(ObjectKind::table, Change::dropped);
    }
  }

  void drop(ObjectKind kind) {
    const bool body = kind == ObjectKind::package && cursor_.take("BODY");
    existence();
    if (kind == ObjectKind::index) {
      indexed_table();
      return;
    }
    while (object(kind, body ? Change::altered : Change::dropped)) {
      if (!cursor_.take_mark(',')) return;
    }
  }

  void rename(ObjectKind kind) {
    if (kind == ObjectKind::table) change_.reaches_further = true;
    existence();
    while (object(kind, Change::renamed_away)) {
      skip_to("TO");
      object(kind, Change::renamed_here);
      if (!cursor_.take_mark(',')) return;
    }
  }

  TokenCursor cursor_;
  SchemaChange change_;
};

}  // namespace

SchemaChange schema_change(std::string_view statement) {
  return Reader(TokenCursor(statement, {})).read();
}

}  // namespace migrate::core
