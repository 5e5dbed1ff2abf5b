#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  return dropped_objects(view, {ObjectKind::schema}, "leave schemas to whoever sets up the server");
}

}  // namespace

Rule drop_schema() {
  return {"drop-schema", Severity::error,
          "Everything in the schema is gone. A step changes the schema that it is run on, and "
          "no other.",
          check};
}

}  // namespace migrate::core::lint
