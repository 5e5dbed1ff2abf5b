#pragma once

#include <compare>
#include <string>
#include <string_view>

namespace migrate::core {

enum class ObjectKind {
  table,
  view,
  index,
  procedure,
  function,
  package,
  trigger,
  event,
  sequence,
  schema,
  account
};

/// "table", "view", …
std::string_view word_of(ObjectKind kind);

/// An object that a statement names. `schema` is empty where the statement does not qualify the
/// name. Both names are as the server would store them: unquoted, with doubled quotes undone, in
/// the case they were written in.
struct ObjectName {
  ObjectKind kind = ObjectKind::table;
  std::string schema;
  std::string name;

  friend auto operator<=>(const ObjectName&, const ObjectName&) = default;  // NOLINT: clang's 0
};

}  // namespace migrate::core
