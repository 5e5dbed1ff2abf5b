#include "status_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "paint.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

using core::StepStatus;

/// The order in which totals and advice are given: what needs somebody most comes first in the
/// advice, so the totals begin with what is in order.
constexpr std::array<StepStatus, 8> all_statuses{
    StepStatus::applied, StepStatus::baselined, StepStatus::pending, StepStatus::out_of_order,
    StepStatus::partial, StepStatus::missing,   StepStatus::changed, StepStatus::in_doubt,
};

Tone tone(StepStatus status) {
  switch (status) {
    case StepStatus::applied:
    case StepStatus::baselined:
      return Tone::good;
    case StepStatus::pending:
    case StepStatus::out_of_order:
    case StepStatus::missing:
      return Tone::waiting;
    case StepStatus::changed:
    case StepStatus::partial:
    case StepStatus::in_doubt:
      return Tone::bad;
  }
  return Tone::plain;
}

bool is_in_order(StepStatus status) {
  return tone(status) == Tone::good;
}

std::string spoken(StepStatus status) {
  std::string text(word(status));
  std::ranges::replace(text, '_', ' ');
  return text;
}

struct Advice {
  std::string_view text;
  std::vector<std::string_view> commands;  ///< without the program
};

Advice advice(StepStatus status) {
  switch (status) {
    case StepStatus::pending:
      return {"see what would run, then run it", {"plan", "up"}};
    case StepStatus::out_of_order:
      return {"a lower version than one that is applied; give its files a higher one, or accept it",
              {"up --allow-out-of-order"}};
    case StepStatus::partial:
      return {"an earlier run stopped in the middle; go on, or where it was undoing, with down",
              {"up"}};
    case StepStatus::missing:
      return {
          "applied, but the file is gone; without it the step can't be undone: bring it back from "
          "version control",
          {}};
    case StepStatus::changed:
      return {
          "the file changed after it was applied; bring the old one back from version control and "
          "put the change in a step of its own",
          {"new NAME"}};
    case StepStatus::in_doubt:
      return {"the outcome of a statement is unknown; decide it", {"resolve"}};
    case StepStatus::applied:
    case StepStatus::baselined:
      break;
  }
  return {};
}

std::string advice_text(StepStatus status, const Style& style, const std::string& program) {
  const Advice advised = advice(status);
  if (advised.text.empty()) return {};
  std::string out =
      wrap(fmt::format("{}: {}", spoken(status), advised.text), style.width, 2) + '\n';
  for (const std::string_view command : advised.commands) {
    out +=
        "    " + paint(fmt::format("{} {}", program, command), Tone::strong, style.colour) + '\n';
  }
  return out;
}

Table rows(const core::Status& status, Verbosity verbosity) {
  Table table({{"STEP", Align::left, Fit::cut},
               {"STATUS"},
               {"APPLIED (UTC)"},
               {"TOOK", Align::right},
               {"NOTE", Align::left, Fit::cut}});
  table.expect(status.rows.size());
  for (const core::StatusRow& row : status.rows) {
    if (verbosity == Verbosity::quiet && is_in_order(row.status)) continue;
    // Of a step that was only marked as applied, or is half applied, no duration is known.
    const bool timed = row.duration_us > 0 && row.status != StepStatus::baselined;
    table.add(Cell{step_text(row.id, row.name)}, Cell{spoken(row.status), tone(row.status)},
              Cell{one_line(human_time(row.applied_at)), Tone::faint},
              Cell{timed ? human_duration(row.duration_us) : "", Tone::faint},
              Cell{one_line(row.note)});
  }
  return table;
}

std::string totals(const core::Status& status, Colour colour) {
  std::string out;
  for (const StepStatus kind : all_statuses) {
    const std::size_t count = status.count(kind);
    if (count == 0) continue;
    if (!out.empty()) out += ", ";
    out += paint(fmt::format("{} {}", human_number(count), spoken(kind)), tone(kind), colour);
  }
  return out + '\n';
}

/// A look before tells less than one now: what it did not find may have come since.
std::string seen_before(const core::SchemaStatus& schema, const std::string& program,
                        Colour colour) {
  const std::string words = one_line(schema.words);
  const std::string at = one_line(human_time(schema.at));
  switch (schema.verdict) {
    case core::SchemaStatus::Verdict::as_left:
      return fmt::format("– {} (looked at {} UTC); look now: {} status --drift\n", words, at,
                         program);
    case core::SchemaStatus::Verdict::drifted:
      return fmt::format("{} {} (looked at {} UTC); what differs now: {} drift\n",
                         paint("✗", Tone::bad, colour), words, at, program);
    case core::SchemaStatus::Verdict::unknown:
      break;
  }
  return fmt::format("– {}\n", words);
}

std::string seen_now(const core::SchemaStatus& schema, const std::string& program, Colour colour) {
  const std::string words = one_line(schema.words);
  switch (schema.verdict) {
    case core::SchemaStatus::Verdict::as_left:
      return fmt::format("{} {}\n", paint("✓", Tone::good, colour), words);
    case core::SchemaStatus::Verdict::drifted:
      return fmt::format("{} {}; what differs: {} drift\n", paint("✗", Tone::bad, colour), words,
                         program);
    case core::SchemaStatus::Verdict::unknown:
      break;
  }
  return fmt::format("{} {}\n", paint("✗", Tone::waiting, colour), words);
}

/// What needs nobody is left out where only the rest is asked for.
std::string schema_line(const core::SchemaStatus& schema, const Style& style,
                        const std::string& program) {
  using core::SchemaStatus;
  const bool now = schema.looked == SchemaStatus::Looked::now;
  const bool in_order = now ? schema.verdict == SchemaStatus::Verdict::as_left
                            : schema.verdict != SchemaStatus::Verdict::drifted;
  if (in_order && style.verbosity == Verbosity::quiet) return {};
  return now ? seen_now(schema, program, style.colour) : seen_before(schema, program, style.colour);
}

}  // namespace

std::string status_text(const core::Status& status, const Style& style,
                        const std::string& program) {
  const Table table = rows(status, style.verbosity);
  if (style.verbosity == Verbosity::quiet)
    return table.text(style) + schema_line(status.schema, style, program);
  if (status.rows.empty()) {
    return fmt::format(
               "No steps: neither files on disk nor anything in the history.\n"
               "Next: {} new NAME writes the first pair of files\n",
               program) +
           schema_line(status.schema, style, program);
  }
  std::string next;
  for (auto kind = all_statuses.rbegin(); kind != all_statuses.rend(); ++kind) {
    if (status.count(*kind) > 0) next += advice_text(*kind, style, program);
  }
  std::string out = table.text(style) + '\n' + totals(status, style.colour) +
                    schema_line(status.schema, style, program);
  if (!status.draft.empty())
    out += fmt::format("{} draft: {}\n", paint("✗", Tone::waiting, style.colour),
                       one_line(status.draft));
  if (!next.empty()) out += '\n' + next;
  return out;
}

}  // namespace migrate::output
