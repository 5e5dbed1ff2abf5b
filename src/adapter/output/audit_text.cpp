#include "audit_text.h"

#include <fmt/format.h>

#include "paint.h"
#include "severity_text.h"
#include "text.h"
#include "units.h"

namespace migrate::output {
namespace {

using core::audit::Finding;
using core::audit::Report;
using core::audit::Severity;

std::string finding_text(const Finding& finding, const Style& style) {
  std::string out =
      finding_line(one_line(finding.remark.object), finding, finding.remark.message, style.colour);
  if (style.verbosity == Verbosity::quiet) return out;
  return out + advice_text(finding, finding.remark.advice, style);
}

std::string summary(const Report& report, Severity fail_on, const Style& style,
                    const std::string& program) {
  const std::string canon =
      fmt::format("{}, {}, rows {}{}", report.canon.charset, report.canon.collation,
                  report.canon.row_format, allowed_total(report));
  const std::string totals = severity_totals(report, style.colour);
  if (totals.empty()) {
    return fmt::format("{}nothing found in {} (expected: {})\n",
                       paint("✓ ", Tone::good, style.colour), counted(report.tables, "table"),
                       canon);
  }
  return fmt::format(
      "{}{} in {} (expected: {})\n  why a rule: {} audit --explain RULE\n"
      "  meant: audit: {{allow: [{{rule: RULE, object: OBJECT, reason: …}}]}} in migrate.yaml\n",
      report.has_at_least(fail_on) ? paint("✗ ", Tone::bad, style.colour) : "", totals,
      counted(report.tables, "table"), canon, program);
}

std::string losses_text(const port::AuditFix& fix, const Style& style) {
  std::string out;
  for (const core::audit::Loss& loss : fix.losses) {
    out +=
        fmt::format("{}{}.{}: {} {}\n    {}\n", paint("✗ ", Tone::bad, style.colour),
                    one_line(loss.probe.table), one_line(loss.probe.columns),
                    human_number(loss.count), one_line(loss.probe.what), one_line(loss.probe.sql));
  }
  if (fix.probes == 0) {
    out += "nothing of this can lose anything\n";
  } else if (fix.losses.empty()) {
    out += fmt::format("{} looked for what would be lost, and found nothing\n",
                       counted(fix.probes, "SELECT"));
  }
  return out;
}

std::string fix_text(const port::AuditFix& fix, const Style& style, const std::string& program) {
  std::string out = "\n";
  if (fix.up.empty()) {
    out += "no statement could mend anything of this, so no step was written\n";
  } else {
    out +=
        fmt::format("{}{} and {}: {} for {}\n", paint("wrote ", Tone::good, style.colour), fix.up,
                    fix.down, counted(fix.statements, "statement"), counted(fix.mended, "finding"));
    out += losses_text(fix, style);
  }
  for (const core::audit::Left& left : fix.left) {
    out += fmt::format("{}: {}: {}\n    {}\n", paint("left", Tone::waiting, style.colour),
                       left.finding.rule, one_line(left.finding.remark.object),
                       wrap(one_line(left.why), style.width, finding_margin));
  }
  if (!fix.up.empty()) {
    out += fmt::format("Next: read the files, and rehearse them\n    {}\n",
                       paint(program + " verify", Tone::strong, style.colour));
  }
  return out;
}

}  // namespace

std::string audit_text(const Report& report, Severity fail_on, const port::AuditFix* fix,
                       const Style& style, const std::string& program) {
  std::string out;
  for (const Finding& finding : report.findings) {
    if (is_shown(finding, style.verbosity)) out += finding_text(finding, style);
  }
  if (style.verbosity != Verbosity::quiet) {
    for (const std::string& unseen : report.unseen)
      out += fmt::format("not looked at: {}\n", one_line(unseen));
    if (!out.empty()) out += '\n';
    out += summary(report, fail_on, style, program);
  }
  return fix == nullptr ? out : out + fix_text(*fix, style, program);
}

std::string audit_rules_text(const std::vector<core::audit::Rule>& rules, const Style& style,
                             const std::string& program) {
  if (rules.size() > 1) return rules_table(rules, "audit", style, program);
  return rule_text(rules.front(), "audit",
                   fmt::format("audit: {{allow: [{{rule: {}, object: OBJECT, reason: …}}]}} in "
                               "migrate.yaml",
                               rules.front().name),
                   style);
}

}  // namespace migrate::output
