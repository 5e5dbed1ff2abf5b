#include "verification_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "paint.h"
#include "secrets.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "verdict_text.h"
#include "words.h"

namespace migrate::output {

namespace {

using core::rehearsal::Finding;
using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::StepVerification;
using core::rehearsal::Verification;
using core::schema::Difference;

constexpr std::size_t most_words = 20;  ///< lines of one object's difference

Cell cell_of(ProofState state) {
  switch (state) {
    case ProofState::proven:
      return {"✓", Tone::good};
    case ProofState::failed:
      return {"✗", Tone::bad};
    case ProofState::not_applicable:
      return {"", Tone::plain};
    case ProofState::not_tried:
      break;
  }
  return {"–", Tone::faint};
}

std::string heading(Proof proof) {
  std::string text(core::rehearsal::word(proof));
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return text;
}

std::string steps_text(const Verification& verification, const Style& style) {
  std::vector<Column> columns{{"STEP", Align::left, Fit::cut}};
  for (const Proof proof : core::rehearsal::all_proofs()) columns.push_back({heading(proof)});
  columns.push_back({"TOOK", Align::right});
  Table table(std::move(columns));
  for (const StepVerification& step : verification.steps) {
    std::vector<Cell> row{{step_text(step.step.id, step.step.name)}};
    for (const Proof proof : core::rehearsal::all_proofs())
      row.push_back(cell_of(step.state(proof)));
    row.push_back({step.duration_us > 0 ? human_duration(step.duration_us) : "", Tone::faint});
    table.add(row);
  }
  return table.text(style);
}

std::string object_text(const Difference& difference) {
  std::string text = one_line(core::schema::words_for(difference.object));
  if (difference.kind == Difference::Kind::missing) return text + " is expected and not there\n";
  if (difference.kind == Difference::Kind::unexpected) return text + " is there and not expected\n";
  text += '\n';
  std::size_t lines = 0;
  for (const std::string& words : difference.words) {
    if (++lines > most_words) return text + "      …\n";
    text += "      " + one_line(words) + '\n';
  }
  return text;
}

std::string finding_text(const StepVerification& step, const Finding& finding,
                         const VerdictText& verdict) {
  std::string out = verdict.title(step_text(step.step.id, step.step.name), finding.message);
  for (const Difference& difference : finding.differences) out += "    " + object_text(difference);
  for (const std::string& row : finding.rows) out += "    " + one_line(row) + '\n';
  if (finding.place) {
    out += fmt::format("  {}, statement {}\n\n{}",
                       place_text(finding.place->path, finding.place->position),
                       finding.place->statement, verdict.statement(finding.place->text));
  }
  if (finding.place && (finding.error || !finding.causes.empty())) out += '\n';
  for (const std::string& cause : finding.causes) out += verdict.field("Because", one_line(cause));
  if (finding.error) {
    const std::string text = finding.place ? finding.place->text : "";
    out += verdict.field(
        "Server",
        fmt::format("{} (error {}, SQLSTATE {})", one_line(without_passwords(*finding.error, text)),
                    finding.error->code, one_line(finding.error->sqlstate)));
  }
  return out + '\n';
}

std::string summary(const Verification& verification, const Style& style,
                    const std::string& program) {
  const std::string took = human_duration(verification.duration_us);
  if (verification.stopped)
    return paint("✗ stopped", Tone::bad, style.colour) + " after " + took + '\n';
  if (verification.steps.empty()) return "Nothing to rehearse: no step is pending.\n";
  const std::uint64_t total = verification.steps.size();
  const std::uint64_t passed = verification.passed();
  if (verification.code() != core::ExitCode::done) {
    return fmt::format("{} of {} hold in {}\nNext: mend the files and run: {} verify\n", passed,
                       counted(total, "step"), took, program);
  }
  std::string out = paint("✓ ", Tone::good, style.colour) +
                    fmt::format("{} proven in {}\n", counted(passed, "step"), took);
  if (!verification.attestation.empty())
    out += fmt::format("  attestation: {}\n", one_line(verification.attestation));
  for (const std::string& environment : verification.recorded_in)
    out += fmt::format("  recorded in the history of {}\n", one_line(environment));
  return out;
}

}  // namespace

std::string verification_text(const Verification& verification, const Style& style,
                              const std::string& program) {
  const VerdictText verdict(style, program);
  const bool quiet = style.verbosity == Verbosity::quiet;
  std::string out;
  if (!quiet && !verification.steps.empty()) {
    out += fmt::format("verify on {}, {}, from {}{}\n", one_line(verification.where),
                       server_text(verification.server), one_line(verification.origin),
                       verification.rows.empty() ? "" : ", " + one_line(verification.rows));
  }
  for (const std::string& warning : verification.warnings)
    out += paint("warning: ", Tone::waiting, style.colour) + one_line(warning) + '\n';
  if (!quiet && !verification.steps.empty()) out += steps_text(verification, style) + '\n';
  for (const StepVerification& step : verification.steps) {
    for (const Finding& finding : step.findings) out += finding_text(step, finding, verdict);
    if (quiet) continue;
    for (const std::string& note : step.notes)
      out += fmt::format(
          "{} {}\n",
          paint(step_text(step.step.id, step.step.name) + ":", Tone::faint, style.colour),
          one_line(note));
  }
  return quiet ? out : out + summary(verification, style, program);
}

}  // namespace migrate::output
