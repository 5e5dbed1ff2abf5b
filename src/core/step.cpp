#include "core/step.h"

#include <fmt/format.h>

namespace migrate::core {

std::string display_name(const StepId& id, const std::string& name) {
  if (id.key.empty()) return name;
  return id.kind == StepKind::repeatable ? fmt::format("ddl/{}", name)
                                         : fmt::format("{}_{}", id.key, name);
}

bool runs_in_one_transaction(const Script& script) {
  const ScriptShape& shape = script.shape;
  return script.directives.transaction == TransactionMode::automatic &&
         shape.schema_statements == 0 && shape.neutral_statements == 0 &&
         !shape.manages_transactions && !shape.locks_tables;
}

}  // namespace migrate::core
