#include <algorithm>
#include <array>

#include "lint/rules.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (view.statement.effect != Effect::schema) return {};
  static constexpr std::array<std::string_view, 7> kinds{
      "VIEW", "PROCEDURE", "FUNCTION", "TRIGGER", "EVENT", "PACKAGE", "TABLE"};
  TokenCursor cursor(view.statement.text, {});
  if (!cursor.take("CREATE") && !cursor.take("ALTER")) return {};
  while (!cursor.at_end()) {
    if (std::ranges::any_of(kinds, [&](std::string_view kind) { return cursor.at(kind); })) break;
    const std::size_t offset = cursor.begin();
    if (!cursor.take("DEFINER")) {
      cursor.advance();
      continue;
    }
    cursor.take_mark('=');
    if (cursor.at("CURRENT_USER") || cursor.at("CURRENT_ROLE")) return {};
    return {{offset, "the object belongs to an account that is written in the file",
             "leave DEFINER out, and say SQL SECURITY INVOKER where it fits"}};
  }
  return {};
}

}  // namespace

Rule explicit_definer() {
  return {"explicit-definer", Severity::warning,
          "The account may not exist on another server: there the object cannot be made, or "
          "fails when it is used.",
          check};
}

}  // namespace migrate::core::lint
