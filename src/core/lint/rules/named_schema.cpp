#include <fmt/format.h>

#include "lint/rules.h"
#include "token_cursor.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  TokenCursor cursor(view.statement.text, {});
  constexpr const char* advice = "leave the schema out: the environment says which it is";
  if (cursor.take("USE"))
    return {{0, fmt::format("USE {} leaves the schema of the environment", cursor.take_text()),
             advice}};
  for (const auto& [object, change] : view.change.objects) {
    const std::string& schema = object.kind == ObjectKind::schema ? object.name : object.schema;
    if (schema.empty() || object.kind == ObjectKind::account) continue;
    return {{0, fmt::format("the statement names schema {}", schema), advice}};
  }
  if (view.data.writes() && !view.data.target.schema.empty())
    return {{0, fmt::format("the statement names schema {}", view.data.target.schema), advice}};
  return {};
}

}  // namespace

Rule named_schema() {
  return {"named-schema", Severity::warning,
          "The step works on the schema that it is run on. One that names a schema touches the "
          "same one from every environment.",
          check};
}

}  // namespace migrate::core::lint
