#include <fmt/format.h>

#include "audit/rules.h"

namespace migrate::core::audit {
namespace {

std::vector<Remark> check(const Facts& facts, const Canon& canon) {
  const schema::Schema& schema = facts.schema;
  if (schema.collation == canon.collation) return {};
  return {
      {ObjectKind::schema, schema.name,
       fmt::format("the schema's default is {}, expected {}", schema.collation, canon.collation),
       "ALTER DATABASE changes what new tables get"}};
}

}  // namespace

Rule schema_collation() {
  return {"schema-collation", Severity::warning,
          "A new table that names no collation gets the schema's, and does not fit the others.",
          check};
}

}  // namespace migrate::core::audit
