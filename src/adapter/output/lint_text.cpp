#include "lint_text.h"

#include <set>

#include <fmt/format.h>

#include "paint.h"
#include "secrets.h"
#include "severity_text.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {
namespace {

using core::lint::Finding;
using core::lint::Report;
using core::lint::Severity;

std::string details(const Finding& finding, const Style& style) {
  std::string line = one_line(without_passwords(finding.excerpt));
  if (style.medium != Medium::file) line = shorten(line, style.width - finding_margin - 2);
  std::string out;
  if (!line.empty()) {
    out += std::string(finding_margin, ' ') + paint("| " + line, Tone::faint, style.colour) + '\n';
  }
  return out + advice_text(finding, finding.advice, style);
}

std::string summary(const Report& report, Severity fail_on, const Style& style,
                    const std::string& program) {
  std::set<std::string> paths;
  for (const Finding& finding : report.findings) {
    if (!finding.is_allowed()) paths.insert(finding.path);
  }
  const std::string looked_at = fmt::format("{} in {}{}", counted(report.statements, "statement"),
                                            counted(report.files, "file"), allowed_total(report));
  if (paths.empty()) {
    return fmt::format("{}nothing found in {}\n", paint("✓ ", Tone::good, style.colour), looked_at);
  }
  const bool fails = report.has_at_least(fail_on);
  return fmt::format(
      "{}{} in {} ({})\n  why a rule: {} lint --explain RULE\n"
      "  meant: -- migrate: allow=RULE reason=\"…\" in front of the statement\n",
      fails ? paint("✗ ", Tone::bad, style.colour) : "", severity_totals(report, style.colour),
      counted(paths.size(), "file"), looked_at, program);
}

}  // namespace

std::string lint_text(const Report& report, Severity fail_on, const Style& style,
                      const std::string& program) {
  std::string out;
  const std::string* path = nullptr;
  for (const Finding& finding : report.findings) {
    if (!is_shown(finding, style.verbosity)) continue;
    if (style.verbosity != Verbosity::quiet && path != nullptr && *path != finding.path)
      out += '\n';
    path = &finding.path;
    out += finding_line(place_text(finding.path, finding.position), finding, finding.message,
                        style.colour);
    if (style.verbosity != Verbosity::quiet) out += details(finding, style);
  }
  if (style.verbosity == Verbosity::quiet) return out;
  if (path != nullptr) out += '\n';
  return out + summary(report, fail_on, style, program);
}

std::string rules_text(const std::vector<core::lint::Rule>& rules, const Style& style,
                       const std::string& program) {
  if (rules.size() > 1) return rules_table(rules, "lint", style, program);
  return rule_text(rules.front(), "lint",
                   fmt::format("-- migrate: allow={} reason=\"…\"", rules.front().name), style);
}

}  // namespace migrate::output
