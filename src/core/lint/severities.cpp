#include "core/lint/severities.h"

namespace migrate::core::lint {

std::optional<Severity> severity_of(const Severities& set, std::string_view rule, Severity own) {
  const auto found = set.find(rule);
  return found == set.end() ? own : found->second;
}

}  // namespace migrate::core::lint
