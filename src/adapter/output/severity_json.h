#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/lint/severity.h"

// What the findings of lint and of audits have in common in JSON.
namespace migrate::output {

/// {"error": 2, "warning": 1, "notice": 0}
template <class Report>
nlohmann::ordered_json counts_of(const Report& report) {
  using core::lint::Severity;
  nlohmann::ordered_json counts;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::notice})
    counts[std::string(name_of(severity))] = report.count(severity);
  return counts;
}

/// null: it is not allowed.
template <class Finding>
nlohmann::ordered_json reason_of(const Finding& finding) {
  return finding.is_allowed() ? nlohmann::ordered_json(finding.allowed_because)
                              : nlohmann::ordered_json();
}

}  // namespace migrate::output
