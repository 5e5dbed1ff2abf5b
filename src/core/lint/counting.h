#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/lint/severity.h"

// Findings of files or of a schema; those that somebody allows do not count.
namespace migrate::core::lint {

template <class Finding>
std::uint64_t count_of(const std::vector<Finding>& findings, Severity severity) {
  return static_cast<std::uint64_t>(std::ranges::count_if(findings, [&](const Finding& finding) {
    return finding.severity == severity && !finding.is_allowed();
  }));
}

template <class Finding>
bool is_any_at_least(const std::vector<Finding>& findings, Severity severity) {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.severity >= severity && !finding.is_allowed();
  });
}

}  // namespace migrate::core::lint
