#include <algorithm>

#include <fmt/format.h>

#include "lint/rules.h"

namespace migrate::core::lint {
namespace {

std::vector<Remark> check(const StatementView& view) {
  if (!view.data.on_duplicate) return {};
  const std::string name = full_name(view.data.target);
  const KnownTable* known = view.tables.find(name);
  if (known == nullptr) return {};
  const auto keys = std::ranges::count_if(known->indexes, &KnownIndex::is_unique);
  if (keys < 2) return {};
  return {{*view.data.on_duplicate,
           fmt::format("{} has {} unique keys: which row is updated is not certain", name, keys),
           "update by one key in a statement of its own, and insert what is missing"}};
}

}  // namespace

Rule ambiguous_on_duplicate_key() {
  return {"ambiguous-on-duplicate-key", Severity::warning,
          "With more than one unique key, which row is updated depends on the order in which "
          "the server checks them; it is unsafe for statement-based replication.",
          check};
}

}  // namespace migrate::core::lint
