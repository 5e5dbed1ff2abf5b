#include "core/table_locks.h"

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "ascii.h"
#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

/// One table of the list, with the places of its text in the statement.
struct LockedTable {
  ObjectName name;
  std::size_t begin = 0;
  std::size_t name_end = 0;
  std::size_t end = 0;  ///< behind the kind of its lock
};

bool at_kind_of_lock(const TokenCursor& cursor) {
  return cursor.at("READ") || cursor.at("WRITE") || cursor.at("LOCAL") ||
         cursor.at("LOW_PRIORITY") || cursor.at("CONCURRENT");
}

class ListReader {
 public:
  explicit ListReader(std::string_view statement) : statement_(statement), cursor_(statement, {}) {}

  std::vector<LockedTable> read() {
    std::vector<LockedTable> tables;
    if (!skip_set_statement(cursor_) || !cursor_.take("LOCK")) return tables;
    if (!cursor_.take("TABLES") && !cursor_.take("TABLE")) return tables;
    do {
      auto table = take_table();
      if (!table) return {};
      tables.push_back(std::move(*table));
    } while (cursor_.take_mark(','));
    return tables;
  }

 private:
  std::size_t here() const {
    return static_cast<std::size_t>(cursor_.text().data() - statement_.data());
  }

  /// Moves on and returns where the token ended.
  std::size_t pass() {
    const std::size_t end = here() + cursor_.text().size();
    cursor_.advance();
    return end;
  }

  std::optional<LockedTable> take_table() {
    TokenCursor ahead = cursor_;
    auto name = take_object_name(ahead, ObjectKind::table);
    if (!name) return std::nullopt;
    LockedTable table{.name = std::move(*name), .begin = here()};
    while (cursor_.text().data() != ahead.text().data() && !cursor_.at_end())
      table.name_end = pass();
    cursor_.take("AS");
    if (!at_kind_of_lock(cursor_)) cursor_.advance();
    while (at_kind_of_lock(cursor_)) table.end = pass();
    if (table.end == 0) return std::nullopt;
    return table;
  }

  std::string_view statement_;
  TokenCursor cursor_;
};

bool is_same(const ObjectName& locked, const ObjectName& changed) {
  const bool in_lock_list = changed.kind == ObjectKind::table || changed.kind == ObjectKind::view ||
                            changed.kind == ObjectKind::sequence;
  return in_lock_list && to_upper(locked.name) == to_upper(changed.name) &&
         (locked.schema.empty() || changed.schema.empty() ||
          to_upper(locked.schema) == to_upper(changed.schema));
}

std::string quoted(std::string_view name) {
  std::string text = "`";
  for (const char c : name) text += c == '`' ? "``" : std::string(1, c);
  return text + "`";
}

std::string quoted(const ObjectName& object) {
  return (object.schema.empty() ? "" : quoted(object.schema) + ".") + quoted(object.name);
}

/// What a table is called behind a change; nothing when it is gone.
std::optional<ObjectName> followed(ObjectName name, const SchemaChange& change) {
  for (std::size_t i = 0; i < change.objects.size(); ++i) {
    const ChangedObject& changed = change.objects[i];
    if (!is_same(name, changed.object)) continue;
    if (changed.change == Change::dropped) return std::nullopt;
    if (changed.change == Change::renamed_away && i + 1 < change.objects.size())
      name = change.objects[i + 1].object;
  }
  return name;
}

}  // namespace

std::string with_locks(std::string_view statement, std::string_view more) {
  std::string text(statement);
  const auto tables = ListReader(statement).read();
  if (!tables.empty()) text.insert(tables.back().end, ", " + std::string(more));
  return text;
}

std::string locks_after(std::string_view statement, const SchemaChange& change) {
  const auto tables = ListReader(statement).read();
  if (tables.empty()) return std::string(statement);
  std::string list;
  for (const LockedTable& table : tables) {
    const auto name = followed(table.name, change);
    if (!name) continue;
    if (!list.empty()) list += ", ";
    list += *name == table.name
                ? std::string(statement.substr(table.begin, table.name_end - table.begin))
                : quoted(*name);
    list += statement.substr(table.name_end, table.end - table.name_end);
  }
  if (list.empty()) return {};
  return std::string(statement.substr(0, tables.front().begin)) + list +
         std::string(statement.substr(tables.back().end));
}

}  // namespace migrate::core
