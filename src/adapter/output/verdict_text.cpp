#include "verdict_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "advice.h"
#include "core/lock_error.h"
#include "paint.h"
#include "secrets.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

constexpr std::size_t margin = 2;
constexpr std::size_t label_width = 12;
constexpr std::size_t most_lines = 12;  ///< of a statement

/// What became of the statement is not known. Errors of the client libraries (2000 and up), and of
/// servers that end a connection.
bool is_lost(unsigned code) {
  return code == 2006 || code == 2013 || code == 2026 || code == 2027 || code == 2055 ||
         code == 1053 || code == 1927 || code == 3169 || code == 4031;
}

bool is_privilege(unsigned code) {
  // ER_DBACCESS_DENIED, ER_TABLEACCESS_DENIED, ER_COLUMNACCESS_DENIED, ER_SPECIFIC_ACCESS_DENIED,
  // ER_PROCACCESS_DENIED
  return code == 1044 || code == 1142 || code == 1143 || code == 1227 || code == 1370;
}

/// The server has no room for what the statement writes. Its own numbers, and the system's where it
/// passes that on (errno 28, ENOSPC).
bool is_full(const core::ServerError& error) {
  constexpr unsigned disk_full = 1021;
  constexpr unsigned record_file_full = 1114;
  return error.code == disk_full || error.code == record_file_full ||
         error.message.find("No space left on device") != std::string::npos ||
         error.message.find("error 28 from storage engine") != std::string::npos;
}

/// "statement 1 is committed and stays", "statements 1 to 4 are committed and stay"
std::string committed_text(std::uint64_t committed) {
  if (committed == 1) return "statement 1 is committed and stays";
  return fmt::format("statements 1 {} {} are committed and stay", committed == 2 ? "and" : "to",
                     committed);
}

std::string state_text(const core::event::StepFailed& failed) {
  if (is_lost(failed.error.code)) {
    return fmt::format("{}what became of statement {} is not known",
                       failed.committed == 0 ? "" : committed_text(failed.committed) + "; ",
                       failed.index);
  }
  if (failed.rolled_back) return "rolled back: nothing of this step remains";
  if (failed.committed == 0) return "no statement of this step is committed";
  return fmt::format("{}; the step is half-{}", committed_text(failed.committed),
                     failed.direction == core::Direction::up ? "applied" : "undone");
}

std::string_view verdict_word(core::ExitCode code) {
  switch (code) {
    case core::ExitCode::drift:
      return "drift";
    case core::ExitCode::in_doubt:
      return "in doubt";
    case core::ExitCode::locked:
      return "locked";
    default:
      return "refused";
  }
}

}  // namespace

std::string VerdictText::title(std::string_view verdict, std::string_view what) const {
  const std::string lead = fmt::format("✗ {}: ", verdict);
  return paint(lead, Tone::bad, style_.colour) +
         wrap(what, style_.width - std::min(style_.width, display_width(lead)), margin) + '\n';
}

std::string VerdictText::field(std::string_view label, std::string_view text) const {
  const std::size_t indent = margin + label_width;
  const std::size_t room = style_.width - std::min(style_.width, indent);
  std::string lines;
  // wrap() indents from its own left edge, so the text is wrapped flush and moved as a whole.
  for (const std::string& line : safe_lines(wrap(text, room, 0))) {
    lines += lines.empty() ? line : '\n' + std::string(indent, ' ') + line;
  }
  return std::string(margin, ' ') + paint(padded(label, label_width), Tone::faint, style_.colour) +
         lines + '\n';
}

std::string VerdictText::statement(const std::string& text) const {
  const std::vector<std::string> lines = safe_lines(without_passwords(text));
  const std::string indent(margin + 4, ' ');
  const bool is_cut = lines.size() > most_lines;
  const std::size_t shown = is_cut ? most_lines - 1 : lines.size();
  std::string out;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool fits = style_.medium == Medium::file;
    const std::string line =
        fits ? lines[i] : shorten(lines[i], style_.width - std::min(style_.width, indent.size()));
    out += line.empty() ? "\n" : indent + paint(line, Tone::strong, style_.colour) + '\n';
  }
  if (is_cut) {
    out += indent + paint("…", Tone::faint, style_.colour) + '\n';
  }
  return out;
}

std::string VerdictText::next(std::string_view text, std::string_view command) const {
  return field("Next", text) + std::string(margin + label_width + 2, ' ') +
         paint(command, Tone::strong, style_.colour) + '\n';
}

std::string VerdictText::next(const core::event::StepFailed& failed,
                              const std::string& command) const {
  const std::string path = one_line(failed.path);
  const bool something_stays = failed.committed > 0 && !failed.rolled_back;
  if (command == "exec") {
    return next(fmt::format("mend {} from line {} on{} and run:", path, failed.position.line,
                            something_stays ? ", take out what is committed," : ""),
                fmt::format("{} exec {}", program_, path));
  }
  const std::string again = fmt::format("{} {}", program_, word(failed.direction));
  if (failed.cancelled) {
    return next(something_stays ? fmt::format("to go on at statement {}:", failed.committed + 1)
                                : "to start this step again:",
                again);
  }
  if (core::is_lock_error(failed.error)) {
    return next(
        "nothing to mend: another transaction was in the way (SHOW PROCESSLIST may show it); when "
        "it is gone, run:",
        again);
  }
  if (is_lost(failed.error.code)) {
    return next("do not mend the file; when the server is back, run:", again);
  }
  if (is_full(failed.error)) {
    return next(
        "nothing to mend: the server has no room for this (its disk is full, or a tablespace); "
        "when it has, run:",
        again);
  }
  if (is_privilege(failed.error.code)) {
    return next("grant the privilege to this account, or use another one, and run:", again);
  }
  return next(something_stays
                  ? fmt::format("mend {} from line {} on and run:", path, failed.position.line)
                  : fmt::format("mend {} at line {} and run:", path, failed.position.line),
              again);
}

std::string VerdictText::failure(const core::event::StepFailed& failed,
                                 const std::string& command) const {
  const std::string what =
      fmt::format("{} ({}), statement {} of {}", step_text(failed.id, failed.name),
                  word(failed.direction), failed.index, failed.total);
  std::string out = title(failed.cancelled ? "stopped" : "failed", what);
  out += fmt::format("  {}\n", place_text(failed.path, failed.position));
  if (const std::string text = statement(failed.statement); !text.empty()) {
    out += '\n' + text;
  }
  out += '\n';
  if (failed.error.code != 0) {
    out += field("Server", fmt::format("{} (error {}, SQLSTATE {})",
                                       one_line(without_passwords(failed.error, failed.statement)),
                                       failed.error.code, one_line(failed.error.sqlstate)));
  } else if (!failed.error.message.empty()) {
    out += field("Tool", one_line(without_passwords(failed.error, failed.statement)));
  }
  out += field("Committed", state_text(failed));
  return out + next(failed, command);
}

std::string VerdictText::refusal(const core::Refusal& refusal) const {
  std::string out = title(verdict_word(refusal.code), one_line(refusal.reason));
  if (!refusal.detail.empty()) out += statement(refusal.detail);
  const auto [words, command] = advice(refusal.way_out, program_);
  if (!command.empty()) return out + next(words, command);
  return words.empty() ? out : out + field("Next", words);
}

}  // namespace migrate::output
