#include "check_text.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "paint.h"
#include "severity_text.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "verdict_text.h"

namespace migrate::output {
namespace {

using core::check::Check;
using core::check::Look;
using core::check::Result;
using core::check::Severity;
using core::check::Verdict;

constexpr std::size_t margin = 4;

/// How much a result matters to somebody who looks.
Tone tone_of(const Result& result) {
  switch (result.verdict) {
    case Verdict::holds:
      return Tone::good;
    case Verdict::left_out:
      return Tone::faint;
    case Verdict::fails:
    case Verdict::unknown:
      break;
  }
  return tone(result.check.severity);
}

std::string_view sign_of(const Result& result) {
  switch (result.verdict) {
    case Verdict::holds:
      return "✓";
    case Verdict::left_out:
      return "–";
    case Verdict::fails:
      return "✗";
    case Verdict::unknown:
      break;
  }
  return "?";
}

std::string seen(const Result& result) {
  const bool has_value = result.verdict == Verdict::holds || result.verdict == Verdict::fails;
  if (has_value) return one_line(result.seen);
  return result.verdict == Verdict::left_out ? "" : "no answer";
}

std::string joined(const std::vector<core::check::Moment>& moments) {
  std::string text;
  for (const core::check::Moment moment : moments)
    text += (text.empty() ? "" : ", ") + std::string(name_of(moment));
  return text;
}

std::string look_table(const Look& look, const Style& style) {
  Table table({{""}, {"CHECK"}, {"SEEN", Align::right}, {"EXPECTED"}, {"TOOK", Align::right}});
  for (const Result& result : look.results) {
    if (result.verdict == Verdict::left_out) continue;
    table.add({{std::string(sign_of(result)), tone_of(result)},
               {result.check.name, Tone::strong},
               {seen(result), tone_of(result)},
               {to_string(result.check.expect)},
               {human_duration(result.duration_us), Tone::faint}});
  }
  return table.empty() ? "" : table.text(style);
}

std::string bad_text(const Result& result, const Style& style) {
  const std::string severity(name_of(result.check.severity));
  return fmt::format("{}: {}\n{}{}\n", paint(severity, tone(result.check.severity), style.colour),
                     one_line(result.words()), std::string(margin, ' '),
                     wrap(one_line(result.check.reason), style.width, margin));
}

std::string totals(const Look& look, Severity fail_on, Colour colour) {
  const std::size_t left_out = look.count(Verdict::left_out);
  const std::string asked = counted(look.results.size() - left_out, "check");
  const std::string wrong = severity_totals(look, colour);
  std::string text;
  if (wrong.empty()) {
    text = fmt::format("{}{}: all as expected", paint("✓ ", Tone::good, colour), asked);
  } else {
    const bool fails = look.has_at_least(fail_on);
    text = fmt::format("{}{} in {}", fails ? paint("✗ ", Tone::bad, colour) : "", wrong, asked);
  }
  if (left_out > 0) text += fmt::format("; {} left out, for want of a table", left_out);
  return text + '\n';
}

std::string whole_text(const Look& look, const port::CheckView& view, const Style& style) {
  std::string bad;
  for (const Result& result : look.results) {
    if (result.is_bad()) bad += bad_text(result, style);
  }
  if (style.verbosity == Verbosity::quiet) return bad;
  std::string out = look_table(look, style);
  if (style.verbosity == Verbosity::verbose) {
    for (const Result& result : look.results) {
      if (result.verdict == Verdict::left_out)
        out += fmt::format("left out: {}\n", one_line(result.words()));
    }
  }
  if (!out.empty()) out += '\n';
  if (!bad.empty()) out += bad + '\n';
  return out + totals(look, view.fail_on, style.colour);
}

bool changed(const Result& now, const Result* before) {
  return before == nullptr || now.verdict != before->verdict || now.seen != before->seen;
}

std::string change_text(const Result& now, const Result* before, const Style& style) {
  const bool was_seen = before != nullptr && !seen(*before).empty();
  std::string out = fmt::format("  {} {}  {}{}", paint(sign_of(now), tone_of(now), style.colour),
                                paint(now.check.name, Tone::strong, style.colour),
                                was_seen && seen(*before) != seen(now) ? seen(*before) + " → " : "",
                                now.verdict == Verdict::left_out ? one_line(now.seen) : seen(now));
  if (now.verdict == Verdict::unknown) out += ": " + one_line(now.seen);
  return out + fmt::format("  (expected {})\n", to_string(now.check.expect));
}

/// Against the look before: who watches has seen all the rest.
std::string changes_text(const Look& look, const port::CheckView& view, const Style& style) {
  const bool is_quiet = style.verbosity == Verbosity::quiet;
  std::string changes;
  for (const Result& result : look.results) {
    const Result* before = view.before->find(result.check.name);
    if (!changed(result, before)) continue;
    const bool turned = before != nullptr && before->is_bad() != result.is_bad();
    if (!is_quiet || turned) changes += change_text(result, before, style);
  }
  if (changes.empty() && is_quiet) return {};
  const std::string at = look.at.empty() ? "(no answer)" : look.at + " UTC";
  const std::string wrong = severity_totals(look, style.colour);
  return fmt::format("{}  {}{}\n{}", paint(at, Tone::faint, style.colour),
                     wrong.empty() ? paint("✓ all as expected", Tone::good, style.colour) : wrong,
                     changes.empty() ? ", nothing changed" : "", changes);
}

}  // namespace

std::string check_text(const Look& look, const port::CheckView& view, const Style& style) {
  if (view.before != nullptr) return changes_text(look, view, style);
  const bool first = view.occasion == port::CheckView::Occasion::watching;
  if (!first || style.verbosity == Verbosity::quiet) return whole_text(look, view, style);
  const std::string at = look.at.empty() ? "(no answer)" : look.at + " UTC";
  return paint(at, Tone::faint, style.colour) + '\n' + whole_text(look, view, style) + '\n';
}

std::string check_list_text(const std::vector<Check>& checks, const Style& style,
                            const std::string& program) {
  if (checks.size() == 1) {
    const Check& check = checks.front();
    std::string query;
    for (const std::string& line : safe_lines(check.query)) query += "    " + line + '\n';
    return fmt::format(
        "{} ({}, {}, {})\n  {}\n\n{}\n  expected    {}\n{}  time limit  {} s\n"
        "  change it:  checks: {{{}: {{expect: \"{}\"}}}} in migrate.yaml; or {}: off\n",
        paint(check.name, Tone::strong, style.colour),
        paint(name_of(check.severity), tone(check.severity), style.colour), joined(check.when),
        one_line(check.origin), wrap(one_line(check.reason), style.width, 2), query,
        to_string(check.expect),
        check.needs.empty()
            ? ""
            : fmt::format("  needs       {}\n",
                          one_line(fmt::format("{}", fmt::join(check.needs, ", ")))),
        check.time_limit.count(), check.name, to_string(check.expect), check.name);
  }
  Table table({{"CHECK"},
               {"SEVERITY"},
               {"WHEN"},
               {"EXPECTED"},
               {"FROM", Align::left, Fit::left_out},
               {"WHY", Align::left, Fit::cut}});
  for (const Check& check : checks) {
    table.add({{check.name, Tone::strong},
               {std::string(name_of(check.severity)), tone(check.severity)},
               {joined(check.when)},
               {to_string(check.expect)},
               {one_line(check.origin), Tone::faint},
               {one_line(check.reason)}});
  }
  if (table.empty()) return "There is no check.\n";
  return table.text(style) + fmt::format("\none in full: {} check --explain NAME\n", program);
}

std::string check_line(const core::event::Checked& checked, const Style& style) {
  const Result& result = checked.result;
  return fmt::format("{} check {} {}\n", paint(sign_of(result), tone_of(result), style.colour),
                     name_of(checked.moment), one_line(result.words()));
}

std::string failed_checks_text(const std::vector<core::event::Checked>& checks, const Style& style,
                               const std::string& program) {
  const VerdictText text(style, program);
  std::string out;
  for (const auto& [moment, result] : checks) {
    if (!result.is_bad() || result.check.severity != Severity::error) continue;
    if (moment != core::check::Moment::after) continue;
    out += text.title("check failed", one_line(result.words()));
    out += text.field("Why", one_line(result.check.reason));
  }
  if (out.empty()) return out;
  return out +
         text.field("Committed",
                    "everything ran and is recorded: the schema is new, and the "
                    "check is about what is there now") +
         text.field("Next", "bring it in order, or go back with `down`; look again:") +
         fmt::format("{}{}\n", std::string(16, ' '),
                     paint(program + " check --when after", Tone::strong, style.colour));
}

}  // namespace migrate::output
