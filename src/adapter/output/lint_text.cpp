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

constexpr std::size_t margin = 4;

bool is_shown(const Finding& finding, Verbosity verbosity) {
  if (finding.is_allowed()) return verbosity == Verbosity::verbose;
  return verbosity != Verbosity::quiet || finding.severity > Severity::notice;
}

std::string head(const Finding& finding, const Style& style) {
  const std::string word(finding.is_allowed() ? "allowed" : name_of(finding.severity));
  const Tone of_word = finding.is_allowed() ? Tone::good : tone(finding.severity);
  return fmt::format("{}: {}: {}: {}\n", place_text(finding.path, finding.position),
                     paint(word, of_word, style.colour),
                     paint(finding.rule, Tone::strong, style.colour), one_line(finding.message));
}

std::string details(const Finding& finding, const Style& style) {
  const std::string indent(margin, ' ');
  std::string line = one_line(without_passwords(finding.excerpt));
  if (style.medium != Medium::file) line = shorten(line, style.width - margin - 2);
  std::string out;
  if (!line.empty()) out += indent + paint("| " + line, Tone::faint, style.colour) + '\n';
  const std::string words =
      finding.is_allowed() ? "allowed: " + finding.allowed_because : finding.advice;
  return out + indent + wrap(one_line(words), style.width, margin) + '\n';
}

std::string summary(const Report& report, Severity fail_on, const Style& style,
                    const std::string& program) {
  std::uint64_t allowed = 0;
  std::set<std::string> paths;
  for (const Finding& finding : report.findings) {
    if (finding.is_allowed()) {
      ++allowed;
    } else {
      paths.insert(finding.path);
    }
  }
  const std::string looked_at = fmt::format(
      "{} in {}{}", counted(report.statements, "statement"), counted(report.files, "file"),
      allowed == 0 ? "" : fmt::format(", {} allowed", human_number(allowed)));
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
    out += head(finding, style);
    if (style.verbosity != Verbosity::quiet) out += details(finding, style);
  }
  if (style.verbosity == Verbosity::quiet) return out;
  if (path != nullptr) out += '\n';
  return out + summary(report, fail_on, style, program);
}

std::string rules_text(const std::vector<core::lint::Rule>& rules, const Style& style,
                       const std::string& program) {
  if (rules.size() == 1) {
    const core::lint::Rule& rule = rules.front();
    return fmt::format(
        "{} ({})\n  {}\n\n  allow it:   -- migrate: allow={} reason=\"…\"\n"
        "  change it:  lint: {{rules: {{{}: off}}}} in migrate.yaml\n",
        paint(rule.name, Tone::strong, style.colour),
        paint(name_of(rule.severity), tone(rule.severity), style.colour),
        wrap(rule.reason, style.width, 2), rule.name, rule.name);
  }
  return rules_table(rules).text(style) +
         fmt::format("\none in full: {} lint --explain RULE\n", program);
}

}  // namespace migrate::output
