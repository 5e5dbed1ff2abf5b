#pragma once

#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "core/lint/severity.h"
#include "paint.h"
#include "table.h"
#include "units.h"

// What the findings of lint and of audits have in common.
namespace migrate::output {

inline Tone tone(core::lint::Severity severity) {
  switch (severity) {
    case core::lint::Severity::error:
      return Tone::bad;
    case core::lint::Severity::warning:
      return Tone::waiting;
    case core::lint::Severity::notice:
      return Tone::faint;
  }
  return Tone::plain;
}

/// "2 errors, 1 warning"
template <class Report>
std::string severity_totals(const Report& report, Colour colour) {
  using core::lint::Severity;
  std::string out;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::notice}) {
    const std::uint64_t count = report.count(severity);
    if (count == 0) continue;
    if (!out.empty()) out += ", ";
    out += paint(counted(count, name_of(severity)), tone(severity), colour);
  }
  return out;
}

/// RULE, SEVERITY, WHY.
template <class Rules>
Table rules_table(const Rules& rules) {
  Table table({{"RULE"}, {"SEVERITY"}, {"WHY", Align::left, Fit::cut}});
  for (const auto& rule : rules) {
    table.add({{std::string(rule.name), Tone::strong},
               {std::string(name_of(rule.severity)), tone(rule.severity)},
               {std::string(rule.reason)}});
  }
  return table;
}

}  // namespace migrate::output
