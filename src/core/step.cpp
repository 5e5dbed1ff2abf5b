#include "core/step.h"

namespace migrate::core {

std::strong_ordering operator<=>(const StepId& a, const StepId& b) {
  if (a.kind != b.kind) {
    return a.kind == StepKind::repeatable ? std::strong_ordering::less
                                          : std::strong_ordering::greater;
  }
  // Versions are canonical: the longer one is the higher one.
  const bool by_length = a.kind == StepKind::versioned && a.key.size() != b.key.size();
  return by_length ? a.key.size() <=> b.key.size() : a.key.compare(b.key) <=> 0;
}

std::string display_name(const StepId& id, const std::string& name) {
  if (id.key.empty()) return name;
  return id.kind == StepKind::repeatable ? "ddl/" + name : id.key + '_' + name;
}

bool runs_in_one_transaction(const Script& script) {
  const ScriptShape& shape = script.shape;
  return script.directives.transaction == TransactionMode::automatic &&
         shape.schema_statements == 0 && shape.neutral_statements == 0 &&
         !shape.manages_transactions && !shape.locks_tables;
}

}  // namespace migrate::core
