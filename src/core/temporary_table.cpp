#include "core/temporary_table.h"

#include <utility>

#include "ascii.h"
#include "object_reader.h"
#include "token_cursor.h"

namespace migrate::core {
namespace {

// TABLE or SEQUENCE, IF [NOT] EXISTS, the names.
std::vector<std::string> names_at(TokenCursor cursor) {
  const auto kind = take_object_kind(cursor);
  if (kind != ObjectKind::table && kind != ObjectKind::sequence) return {};
  take_existence(cursor);
  std::vector<std::string> names;
  while (auto object = take_object_name(cursor, *kind)) {
    names.push_back(std::move(object->name));
    if (!cursor.take_mark(',')) break;
  }
  return names;
}

}  // namespace

std::vector<std::string> temporary_tables_made(std::string_view statement) {
  TokenCursor cursor(statement, {});
  if (!skip_set_statement(cursor) || !cursor.take("CREATE")) return {};
  if (cursor.take("OR")) cursor.take("REPLACE");
  if (!cursor.take("TEMPORARY")) return {};
  return names_at(std::move(cursor));
}

std::vector<std::string> temporary_tables_dropped(std::string_view statement) {
  TokenCursor cursor(statement, {});
  if (!skip_set_statement(cursor) || !cursor.take("DROP")) return {};
  cursor.take("TEMPORARY");
  return names_at(std::move(cursor));
}

bool mentions(std::string_view statement, std::string_view name) {
  const std::string sought = to_lower(name);
  TokenCursor cursor(statement, {});
  while (!cursor.at_end()) {
    if (cursor.at_name() && cursor.text().front() != '\'') {
      if (to_lower(cursor.take_text()) == sought) return true;
    } else {
      cursor.advance();
    }
  }
  return false;
}

}  // namespace migrate::core
