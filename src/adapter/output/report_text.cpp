#include "report_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "check_text.h"
#include "paint.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "verdict_text.h"
#include "words.h"

namespace migrate::output {

namespace {

using core::StepReport;

Cell outcome(const core::RunReport& report, const StepReport& step) {
  if (step.done) {
    return step.direction == core::Direction::up ? Cell{"applied", Tone::good}
                                                 : Cell{"undone", Tone::good};
  }
  const bool cancelled = report.failure ? report.failure->cancelled : true;
  return {cancelled ? "stopped" : "failed", Tone::bad};
}

std::string steps_text(const core::RunReport& report, const Style& style) {
  Table table({{"STEP", Align::left, Fit::cut},
               {"OUTCOME"},
               {"STATEMENTS", Align::right},
               {"ROWS", Align::right},
               {"WARNINGS", Align::right},
               {"TOOK", Align::right}});
  for (const StepReport& step : report.steps) {
    table.add(Cell{step_text(step.id, step.name)}, outcome(report, step),
              Cell{human_number(step.statements_run)},
              Cell{step.affected_rows > 0 ? human_number(step.affected_rows) : ""},
              Cell{step.warnings > 0 ? human_number(step.warnings) : "", Tone::waiting},
              Cell{step.done ? human_duration(step.duration_us) : ""});
  }
  return table.text(style);
}

std::uint64_t done(const core::RunReport& report, core::Direction direction) {
  return static_cast<std::uint64_t>(std::count_if(
      report.steps.begin(), report.steps.end(),
      [direction](const StepReport& step) { return step.done && step.direction == direction; }));
}

/// "2 steps applied", "1 step undone, 1 step applied"
std::string done_text(const core::RunReport& report) {
  const std::uint64_t undone = done(report, core::Direction::down);
  const std::uint64_t applied = done(report, core::Direction::up);
  if (undone == 0) return counted(applied, "step") + " applied";
  std::string text = counted(undone, "step") + " undone";
  if (applied > 0) text += ", " + counted(applied, "step") + " applied";
  return text;
}

bool got_through(const core::RunReport& report) {
  return !report.failure && !report.refusal && report.code == core::ExitCode::done;
}

std::string summary(const core::RunReport& report, const Style& style) {
  std::string recorded;
  for (const std::string& message : report.recorded) {
    recorded += paint("✓ ", Tone::good, style.colour) + one_line(message) + '\n';
  }
  if (report.steps.empty() && got_through(report)) {
    return recorded.empty() ? "Nothing to do.\n" : recorded;
  }
  // exec, baseline and resolve have no steps to count.
  if (report.planned_steps == 0) return recorded;
  std::string text = done_text(report);
  text += " in " + human_duration(report.duration_us);
  const std::uint64_t started = report.steps.size();
  if (report.planned_steps > started) {
    text += fmt::format(", {} not started", human_number(report.planned_steps - started));
  }
  if (got_through(report)) return paint("✓ ", Tone::good, style.colour) + text + '\n';
  return text + '\n';
}

std::string verdict(const core::RunReport& report, const Style& style, const std::string& program) {
  const VerdictText text(style, program);
  if (report.failure) return text.failure(*report.failure, report.command);
  if (report.refusal) return text.refusal(*report.refusal);
  if (report.code == core::ExitCode::check_failed)
    return failed_checks_text(report.checks, style, program);
  if (report.code == core::ExitCode::interrupted || report.code == core::ExitCode::terminated) {
    return fmt::format("{} between two statements, on request\n\n  Next: go on\n    {} {}\n",
                       paint("✗ stopped", Tone::bad, style.colour), program, report.command);
  }
  return {};
}

std::string warnings_text(const core::RunReport& report, const Style& style) {
  std::string out;
  for (const std::string& warning : report.warnings) {
    out += paint("warning: ", Tone::waiting, style.colour) + one_line(warning) + '\n';
  }
  return out;
}

}  // namespace

std::string report_text(const core::RunReport& report, const Style& style,
                        const std::string& program) {
  std::string why = verdict(report, style, program);
  if (style.verbosity == Verbosity::quiet) return why;
  std::string out;
  if (style.medium == Medium::file || style.verbosity == Verbosity::verbose) {
    if (!report.steps.empty()) out += steps_text(report, style) + '\n';
    for (const std::string& settled : report.settled)
      out += paint("settled: ", Tone::waiting, style.colour) + one_line(settled) + '\n';
    out += warnings_text(report, style);
    for (const core::event::Checked& checked : report.checks) out += check_line(checked, style);
  }
  out += why;
  // A run that was refused did nothing worth counting.
  if (report.refusal && report.steps.empty()) return out;
  const std::string last = summary(report, style);
  if (!why.empty() && !last.empty()) out += '\n';
  return out + last;
}

}  // namespace migrate::output
