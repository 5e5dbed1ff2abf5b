#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "adapter/output/style.h"
#include "core/lint/severity.h"
#include "paint.h"
#include "table.h"
#include "text.h"
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

/// ", 3 allowed"; empty: none is.
template <class Report>
std::string allowed_total(const Report& report) {
  const auto allowed = std::ranges::count_if(
      report.findings, [](const auto& finding) { return finding.is_allowed(); });
  return allowed == 0
             ? std::string()
             : fmt::format(", {} allowed", human_number(static_cast<std::uint64_t>(allowed)));
}

/// What stands below a finding's first line begins behind so many blanks.
inline constexpr std::size_t finding_margin = 4;

/// Those that are allowed are for the verbose; notices are not for the quiet.
template <class Finding>
bool is_shown(const Finding& finding, Verbosity verbosity) {
  if (finding.is_allowed()) return verbosity == Verbosity::verbose;
  return verbosity != Verbosity::quiet || finding.severity > core::lint::Severity::notice;
}

/// "PLACE: error: RULE: MESSAGE"
template <class Finding>
std::string finding_line(std::string_view place, const Finding& finding, std::string_view message,
                         Colour colour) {
  const bool allowed = finding.is_allowed();
  return fmt::format("{}: {}: {}: {}\n", place,
                     paint(allowed ? "allowed" : name_of(finding.severity),
                           allowed ? Tone::good : tone(finding.severity), colour),
                     paint(finding.rule, Tone::strong, colour), one_line(message));
}

/// What to do, or why it is allowed.
template <class Finding>
std::string advice_text(const Finding& finding, const std::string& advice, const Style& style) {
  const std::string words = finding.is_allowed() ? "allowed: " + finding.allowed_because : advice;
  return std::string(finding_margin, ' ') + wrap(one_line(words), style.width, finding_margin) +
         '\n';
}

/// A rule in full. `command`: whose it is, and its section of migrate.yaml. `allowance`: how a
/// finding is allowed.
template <class Rule>
std::string rule_text(const Rule& rule, std::string_view command, std::string_view allowance,
                      const Style& style) {
  return fmt::format(
      "{} ({})\n  {}\n\n  allow it:   {}\n  change it:  {}: {{rules: {{{}: off}}}} in "
      "migrate.yaml\n",
      paint(rule.name, Tone::strong, style.colour),
      paint(name_of(rule.severity), tone(rule.severity), style.colour),
      wrap(rule.reason, style.width, 2), allowance, command, rule.name);
}

/// RULE, SEVERITY, WHY.
template <class Rule>
std::string rules_table(const std::vector<Rule>& rules, std::string_view command,
                        const Style& style, const std::string& program) {
  Table table({{"RULE"}, {"SEVERITY"}, {"WHY", Align::left, Fit::cut}});
  for (const Rule& rule : rules) {
    table.add({{std::string(rule.name), Tone::strong},
               {std::string(name_of(rule.severity)), tone(rule.severity)},
               {std::string(rule.reason)}});
  }
  return table.text(style) + fmt::format("\none in full: {} {} --explain RULE\n", program, command);
}

}  // namespace migrate::output
