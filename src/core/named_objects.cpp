#include "core/named_objects.h"

#include <optional>
#include <string>
#include <utility>

#include "token_cursor.h"

namespace migrate::core {
namespace {

std::optional<ObjectKind> take_kind(TokenCursor& cursor) {
  if (cursor.take("TABLE") || cursor.take("TABLES")) return ObjectKind::table;
  if (cursor.take("VIEW")) return ObjectKind::view;
  if (cursor.take("INDEX")) return ObjectKind::index;
  if (cursor.take("PROCEDURE")) return ObjectKind::procedure;
  if (cursor.take("FUNCTION")) return ObjectKind::function;
  if (cursor.take("PACKAGE")) {
    cursor.take("BODY");
    return ObjectKind::package;
  }
  if (cursor.take("TRIGGER")) return ObjectKind::trigger;
  if (cursor.take("EVENT")) return ObjectKind::event;
  if (cursor.take("SEQUENCE")) return ObjectKind::sequence;
  if (cursor.take("DATABASE") || cursor.take("SCHEMA")) return ObjectKind::schema;
  if (cursor.take("USER") || cursor.take("ROLE")) return ObjectKind::account;
  return std::nullopt;
}

// IF [NOT] EXISTS, and what the servers allow before a name.
void skip_existence(TokenCursor& cursor) {
  if (!cursor.take("IF")) return;
  cursor.take("NOT");
  cursor.take("EXISTS");
}

class Names {
 public:
  explicit Names(TokenCursor cursor) : cursor_(std::move(cursor)) {}

  std::vector<ObjectName> read() {
    if (cursor_.take("SET")) {
      if (!cursor_.take("STATEMENT")) return {};
      skip_to("FOR");
    }
    if (cursor_.take("CREATE")) {
      create();
    } else if (cursor_.take("ALTER")) {
      alter();
    } else if (cursor_.take("DROP")) {
      drop();
    } else if (cursor_.take("RENAME")) {
      rename();
    } else if (cursor_.take("TRUNCATE")) {
      cursor_.take("TABLE");
      name(ObjectKind::table);
    }
    return std::move(names_);
  }

 private:
  void skip_to(std::string_view keyword) {
    while (!cursor_.at_end() && !cursor_.take(keyword)) cursor_.advance();
  }

  void skip_definer() {
    if (!cursor_.take_mark('=')) return;  // SQL SECURITY DEFINER
    cursor_.advance();
    if (cursor_.take_mark('@')) cursor_.advance();
    if (cursor_.take_mark('(')) cursor_.take_mark(')');
  }

  // The words before the kind: OR REPLACE, ALGORITHM = x, DEFINER = u, SQL SECURITY x, UNIQUE,
  // ONLINE …
  std::optional<ObjectKind> kind_behind_modifiers() {
    while (!cursor_.at_end()) {
      if (cursor_.at("TEMPORARY")) return std::nullopt;
      if (cursor_.take("DEFINER")) {
        skip_definer();
        continue;
      }
      if (cursor_.at_mark('(')) return std::nullopt;
      if (const auto kind = take_kind(cursor_)) return kind;
      cursor_.advance();
    }
    return std::nullopt;
  }

  bool name(ObjectKind kind) {
    if (!cursor_.at_name()) return false;
    ObjectName result{kind, {}, cursor_.take_text()};
    if (kind == ObjectKind::account) {
      if (cursor_.take_mark('@')) result.name += "@" + cursor_.take_text();
    } else if (cursor_.take_mark('.')) {
      result.schema = std::exchange(result.name, cursor_.take_text());
    }
    names_.push_back(std::move(result));
    return true;
  }

  void create() {
    const auto kind = kind_behind_modifiers();
    if (!kind) return;
    skip_existence(cursor_);
    if (!name(*kind)) return;
    if (*kind == ObjectKind::index || *kind == ObjectKind::trigger) {
      skip_to("ON");
      name(ObjectKind::table);
    } else if (*kind == ObjectKind::account) {
      more_accounts();
    }
  }

  // Each account may have options; a comma outside parentheses may begin the next or, in an option,
  // not: only accounts that follow each other directly are taken.
  void more_accounts() {
    if (cursor_.take("IDENTIFIED")) {
      while (!cursor_.at_end() && !cursor_.at_mark(',')) cursor_.advance();
    }
    if (cursor_.take_mark(',') && name(ObjectKind::account)) more_accounts();
  }

  void alter() {
    const auto kind = kind_behind_modifiers();
    if (!kind) return;
    skip_existence(cursor_);
    if (!name(*kind)) return;
    if (*kind == ObjectKind::account) more_accounts();
    if (*kind == ObjectKind::event) renamed_event();
    if (*kind == ObjectKind::table) altered_table();
  }

  void renamed_event() {
    while (!cursor_.at_end() && !cursor_.at("DO")) {
      if (cursor_.take("RENAME") && cursor_.take("TO")) {
        name(ObjectKind::event);
        return;
      }
      cursor_.advance();
    }
  }

  // RENAME [TO|AS] other, and EXCHANGE PARTITION p WITH TABLE other.
  void altered_table() {
    bool clause_begins = true;
    while (!cursor_.at_end()) {
      if (clause_begins && cursor_.take("RENAME")) {
        if (!cursor_.at("COLUMN") && !cursor_.at("INDEX") && !cursor_.at("KEY")) {
          if (!cursor_.take("TO") && !cursor_.take("AS")) cursor_.take_mark('=');
          name(ObjectKind::table);
        }
      } else if (clause_begins && cursor_.take("EXCHANGE")) {
        skip_to("WITH");
        if (cursor_.take("TABLE")) name(ObjectKind::table);
      }
      clause_begins = cursor_.at_mark(',');
      cursor_.advance();
    }
  }

  void drop() {
    const auto kind = kind_behind_modifiers();
    if (!kind) return;
    skip_existence(cursor_);
    while (name(*kind)) {
      if (!cursor_.take_mark(',')) break;
    }
    if (*kind == ObjectKind::index && cursor_.take("ON")) name(ObjectKind::table);
  }

  void rename() {
    const auto kind = take_kind(cursor_);
    if (!kind) return;
    skip_existence(cursor_);
    while (name(*kind)) {
      skip_to("TO");
      name(*kind);
      if (!cursor_.take_mark(',')) return;
    }
  }

  TokenCursor cursor_;
  std::vector<ObjectName> names_;
};

}  // namespace

std::vector<ObjectName> named_objects(std::string_view statement) {
  return Names(TokenCursor(statement, {})).read();
}

}  // namespace migrate::core
