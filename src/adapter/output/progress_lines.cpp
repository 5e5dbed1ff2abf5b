#include "progress_lines.h"

#include <fmt/format.h>

#include "check_text.h"
#include "paint.h"
#include "secrets.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

constexpr std::size_t statement_width = 60;

class Lines {
 public:
  Lines(const RunPosition& before, const Style& style) : before_(before), style_(style) {}

  std::string operator()(const core::event::LockWaiting&) const { return {}; }
  std::string operator()(const core::event::Moving&) const { return {}; }

  std::string operator()(const core::event::OrphanWaiting& waiting) const {
    if (is_quiet()) return {};
    return paint("orphan: ", Tone::waiting, style_.colour) + orphan_text(waiting) + '\n';
  }

  std::string operator()(const core::event::Blocked& blocked) const {
    if (is_quiet()) return {};
    std::string lines;
    for (const core::Blocker& blocker : blocked.blockers) {
      lines += paint("  in the way: ", Tone::waiting, style_.colour) +
               one_line(blocker_text(blocker)) + '\n';
    }
    return lines.empty() ? "  in the way: nobody that this account can see\n" : lines;
  }

  std::string operator()(const core::event::Progressed& progressed) const {
    if (is_quiet() || progressed.hint.empty()) return {};
    return "  " + one_line(progressed.hint) + '\n';
  }

  std::string operator()(const core::event::Retrying& retrying) const {
    if (is_quiet()) return {};
    return paint("waiting for a lock: ", Tone::waiting, style_.colour) + retrying_text(retrying) +
           '\n';
  }

  std::string operator()(const core::event::BlockerEnded& ended) const {
    return paint("ended: ", Tone::waiting, style_.colour) +
           one_line(core::words_of(ended.blocker)) + '\n';
  }

  std::string operator()(const core::event::Settled& settled) const {
    if (is_quiet()) return {};
    return paint("settled: ", Tone::waiting, style_.colour) + one_line(settled.message) + '\n';
  }

  std::string operator()(const core::event::ConnectionLost& lost) const {
    return paint("connection lost: ", Tone::waiting, style_.colour) + one_line(lost.error.message) +
           fmt::format("; trying to go on, up to {} s\n", lost.timeout_s);
  }

  std::string operator()(const core::event::Reconnected& reconnected) const {
    if (is_quiet()) return {};
    return fmt::format("connected again after {}\n", human_duration(reconnected.after_ms * 1000));
  }

  // The report at the end says these.
  std::string operator()(const core::event::Refused&) const { return {}; }
  std::string operator()(const core::event::Recorded&) const { return {}; }

  std::string operator()(const core::event::RunStarted& run) const {
    if (is_quiet() || run.steps == 0) return {};
    return fmt::format("{} on {}, {}, as {}: {}, {}\n", one_line(run.command),
                       paint(one_line(run.server.schema), Tone::strong, style_.colour),
                       server_text(run.server), one_line(run.server.account),
                       counted(run.steps, "step"), counted(run.statements, "statement"));
  }

  std::string operator()(const core::event::StepStarted& started) const {
    if (!is_verbose()) return {};
    const core::PlannedStep& planned = started.planned;
    return fmt::format("  {} ({})\n", step_text(planned.step.id, planned.step.name),
                       reason_text(planned));
  }

  std::string operator()(const core::event::StatementStarted&) const { return {}; }

  std::string operator()(const core::event::StatementDone& done) const {
    if (!is_verbose() || !before_.statement()) return {};
    const RunPosition::InFlight& statement = *before_.statement();
    std::string text = shorten(one_line(without_passwords(statement.text)), statement_width);
    text = fmt::format("    line {}: {}  {}", statement.position.line, text,
                       human_duration(done.duration_us));
    if (done.affected_rows > 0) text += ", " + counted(done.affected_rows, "row");
    if (done.warnings > 0) {
      text += ", " + paint(counted(done.warnings, "warning"), Tone::waiting, style_.colour);
    }
    return text + '\n';
  }

  std::string operator()(const core::event::StepDone& done) const {
    if (is_quiet()) return {};
    const bool up = done.direction == core::Direction::up;
    return fmt::format("{} {}   {}\n", paint(up ? "✓" : "↩", Tone::good, style_.colour),
                       step_text(done.id, done.name),
                       paint(human_duration(done.duration_us), Tone::faint, style_.colour));
  }

  // The report tells the whole story; here only where the run stopped.
  std::string operator()(const core::event::StepFailed& failed) const {
    if (is_quiet()) return {};
    return fmt::format("{} {}   {} at statement {} of {}\n", paint("✗", Tone::bad, style_.colour),
                       step_text(failed.id, failed.name), failed.cancelled ? "stopped" : "failed",
                       failed.index, failed.total);
  }

  std::string operator()(const core::event::Warned& warned) const {
    return paint("warning: ", Tone::waiting, style_.colour) + one_line(warned.message) + '\n';
  }

  std::string operator()(const core::event::Checked& checked) const {
    const bool is_bad = checked.result.is_bad();
    if (is_quiet() ? !is_bad : !is_bad && !is_verbose()) return {};
    return check_line(checked, style_);
  }

  std::string operator()(const core::event::HookStarted&) const { return {}; }

  std::string operator()(const core::event::ProgramSaid& said) const {
    if (is_quiet()) return {};
    return paint(fmt::format("  {} | ", one_line(said.program)), Tone::faint, style_.colour) +
           one_line(said.line) + '\n';
  }

  // Of one that fails the report tells.
  std::string operator()(const core::event::HookEnded& ended) const {
    if (!is_verbose()) return {};
    return fmt::format("  {}: {}  {}\n", one_line(words_of(ended.hook)),
                       one_line(ended.ending.words), human_duration(ended.ending.duration_us));
  }

  std::string operator()(const core::event::RunFinished&) const { return {}; }

 private:
  bool is_quiet() const { return style_.verbosity == Verbosity::quiet; }
  bool is_verbose() const { return style_.verbosity == Verbosity::verbose; }

  const RunPosition& before_;
  const Style& style_;
};

}  // namespace

std::string progress_lines(const core::Event& event, const RunPosition& before,
                           const Style& style) {
  return std::visit(Lines(before, style), event);
}

}  // namespace migrate::output
