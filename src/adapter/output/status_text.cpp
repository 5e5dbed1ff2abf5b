#include "status_text.h"

#include <algorithm>
#include <array>

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
  std::replace(text.begin(), text.end(), '_', ' ');
  return text;
}

std::string advice(StepStatus status, const std::string& program) {
  switch (status) {
    case StepStatus::pending:
      return fmt::format("{0} plan shows what would run, {0} up runs it", program);
    case StepStatus::out_of_order:
      return fmt::format(
          "a lower version than one that is applied: give its files a higher version, or run: {} "
          "up "
          "--allow-out-of-order",
          program);
    case StepStatus::partial:
      return fmt::format(
          "an earlier run stopped in the middle; it goes on with: {0} up (or {0} down, if it was "
          "undoing)",
          program);
    case StepStatus::missing:
      return "applied, but its file is gone: bring it back from version control, or it can't be "
             "undone";
    case StepStatus::changed:
      return fmt::format(
          "the file changed after it was applied: bring the old one back from version control and "
          "put the change in a step of its own: {} new NAME",
          program);
    case StepStatus::in_doubt:
      return fmt::format("the outcome of a statement is unknown; decide it with: {} resolve",
                         program);
    case StepStatus::applied:
    case StepStatus::baselined:
      break;
  }
  return {};
}

Table rows(const core::Status& status, Verbosity verbosity) {
  Table table({{"STEP", Align::left, Fit::cut},
               {"STATUS"},
               {"APPLIED (UTC)"},
               {"TOOK", Align::right},
               {"NOTE", Align::left, Fit::cut}});
  for (const core::StatusRow& row : status.rows) {
    if (verbosity == Verbosity::quiet && is_in_order(row.status)) continue;
    const bool ran = !row.applied_at.empty() && row.status != StepStatus::baselined;
    table.add({{step_text(row.id, row.name)},
               {spoken(row.status), tone(row.status)},
               {one_line(human_time(row.applied_at)), Tone::faint},
               {ran ? human_duration(row.duration_us) : "", Tone::faint},
               {one_line(row.note)}});
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

}  // namespace

std::string status_text(const core::Status& status, const Style& style,
                        const std::string& program) {
  const Table table = rows(status, style.verbosity);
  if (style.verbosity == Verbosity::quiet) return table.text(style);
  if (status.rows.empty()) {
    return fmt::format(
        "No steps: neither files on disk nor anything in the history.\n"
        "Next: {} new NAME writes the first pair of files\n",
        program);
  }
  std::string out = table.text(style) + '\n' + totals(status, style.colour);
  for (auto kind = all_statuses.rbegin(); kind != all_statuses.rend(); ++kind) {
    const std::string text = advice(*kind, program);
    if (text.empty() || status.count(*kind) == 0) continue;
    out += wrap(fmt::format("Next, {}: {}", spoken(*kind), text), style.width, 2) + '\n';
  }
  return out;
}

}  // namespace migrate::output
