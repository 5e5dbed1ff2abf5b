#include "core/rehearsal/reach.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "ascii.h"
#include "core/schema_change.h"
#include "core/use_statement.h"
#include "token_cursor.h"

namespace migrate::core::rehearsal {
namespace {

bool is_for_reading(std::string_view schema) {
  return schema == "information_schema" || schema == "performance_schema" || schema == "sys";
}

/// One of the schemas, in front of a dot.
std::string named_schema(std::string_view statement, const std::vector<std::string>& schemas) {
  TokenCursor cursor(statement, {});
  while (!cursor.at_end()) {
    if (!cursor.at_name() || cursor.text().front() == '\'') {
      cursor.advance();
      continue;
    }
    std::string name = to_lower(cursor.take_text());
    if (!cursor.at_mark('.') || is_for_reading(name)) continue;
    const bool known = std::ranges::any_of(
        schemas, [&](const std::string& schema) { return to_lower(schema) == name; });
    if (known) return name;
  }
  return {};
}

}  // namespace

std::string reaches_schema(const Statement& statement, const std::vector<std::string>& schemas) {
  if (const auto used = used_schema(statement.text))
    return fmt::format("it goes over to the schema {}", *used);
  for (const ChangedObject& changed : schema_change(statement.text).objects) {
    if (changed.object.kind == ObjectKind::schema && !changed.object.name.empty())
      return fmt::format("it changes the schema {} by name", changed.object.name);
    if (!changed.object.schema.empty())
      return fmt::format("it changes {} in the schema {}", changed.object.name,
                         changed.object.schema);
  }
  const std::string name = named_schema(statement.text, schemas);
  return name.empty() ? std::string() : fmt::format("it names the schema {}", name);
}

std::string reaches_server(const Statement& statement) {
  static constexpr std::array<std::string_view, 13> whole{
      "GRANT", "REVOKE", "FLUSH", "RESET",   "PURGE",     "SHUTDOWN", "RESTART",
      "KILL",  "CHANGE", "STOP",  "INSTALL", "UNINSTALL", "CLONE"};
  const TokenCursor cursor(statement.text, {});
  for (const std::string_view word : whole) {
    if (cursor.at(word)) return fmt::format("{} is for the whole server", word);
  }
  for (const ChangedObject& changed : schema_change(statement.text).objects) {
    if (changed.object.kind == ObjectKind::account)
      return fmt::format("it changes the account {}", changed.object.name);
  }
  if (cursor.at("SET") && statement.effect == Effect::neutral)
    return "it changes a setting of the whole server";
  return {};
}

}  // namespace migrate::core::rehearsal
