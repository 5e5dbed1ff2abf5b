#include "shared_intent.h"

#include <algorithm>
#include <string_view>

#include "ascii.h"

namespace migrate::core {
namespace {

// Tables, views and sequences share their names.
ObjectKind name_space(ObjectKind kind) {
  return kind == ObjectKind::view || kind == ObjectKind::sequence ? ObjectKind::table : kind;
}

/// An account without a host is one of every host.
std::string_view without_any_host(const ObjectName& object) {
  std::string_view name = object.name;
  if (object.kind == ObjectKind::account && name.ends_with("@%")) name.remove_suffix(2);
  return name;
}

// A name without schema may be one of any schema.
bool may_be_the_same(const ObjectName& a, const ObjectName& b) {
  return name_space(a.kind) == name_space(b.kind) &&
         same_word(without_any_host(a), without_any_host(b)) &&
         (a.schema.empty() || b.schema.empty() || same_word(a.schema, b.schema));
}

}  // namespace

bool needs_own_intent(const Statement& statement, const SchemaChange& change) {
  return statement.travel == Travel::alone || change.objects.empty() || change.hidden ||
         change.reaches_further || change.may_take_long;
}

bool share_an_object(const SchemaChange& a, const SchemaChange& b) {
  return std::ranges::any_of(a.objects, [&](const ChangedObject& of_a) {
    return std::ranges::any_of(b.objects, [&](const ChangedObject& of_b) {
      return may_be_the_same(of_a.object, of_b.object);
    });
  });
}

}  // namespace migrate::core
