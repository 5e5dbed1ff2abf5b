#include "impact_text.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "impact_words.h"
#include "secrets.h"
#include "table.h"
#include "text.h"
#include "units.h"

namespace migrate::output {
namespace {

using core::impact::Handling;
using core::impact::Impact;
using core::impact::TouchedTable;
using core::impact::Weight;

constexpr std::size_t indent = 2;
// More of them nobody reads on a terminal; --verbose and the other formats have all.
constexpr std::size_t most_risks = 20;

std::string heading(std::string_view words, const Style& style) {
  return paint(words, Tone::strong, style.colour) + '\n';
}

std::string line(std::string_view sign, Tone tone, const std::string& words, const Style& style) {
  constexpr std::size_t margin = indent + 2;
  return fmt::format("{}{} {}\n", std::string(indent, ' '), paint(sign, tone, style.colour),
                     wrap(one_line(words), std::max(style.width, 2 * margin) - margin, margin));
}

std::string tables_text(const Impact& impact, const Style& style) {
  Table table({{""}, {""}, {"", Align::left, Fit::cut}});
  for (const TouchedTable& touched : impact.tables) {
    if (touched.is_new) continue;
    std::vector<std::string> ties;
    for (const core::impact::ForeignKeyLink& link : impact.links) {
      if (link.from == touched.name) ties.push_back("refers to " + link.to);
      if (link.to == touched.name && link.from != link.to)
        ties.push_back("referred to by " + link.from);
    }
    for (const std::string& trigger : touched.triggers) ties.push_back("trigger " + trigger);
    const std::string size = size_text(touched);
    table.add(Cell{one_line(touched.name)}, Cell{size.empty() ? "size unknown" : size},
              Cell{one_line(fmt::format("{}", fmt::join(ties, ", "))), Tone::faint});
  }
  if (table.empty()) return {};
  return heading("Tables", style) + table.text(style, indent) + '\n';
}

std::string traffic_text(const core::impact::Traffic& traffic, const Style& style) {
  std::string out;
  for (const core::Blocker& blocker : traffic.blockers)
    out += line("!", Tone::waiting, without_passwords(holder_text(blocker)), style);
  for (const std::string& unknown : traffic.unknown)
    out += line("–", Tone::faint, "unknown: " + unknown, style);
  if (traffic.replicas && *traffic.replicas > 0) {
    out += line("–", Tone::faint,
                fmt::format("{} connected: each repeats every statement, behind this server",
                            counted(*traffic.replicas, "replica")),
                style);
  }
  return out.empty() ? out : heading("In the way now", style) + out + '\n';
}

Tone tone_of(Weight weight) {
  if (weight == Weight::high) return Tone::bad;
  return weight == Weight::medium ? Tone::waiting : Tone::faint;
}

std::string risks_text(const port::PlanShown& plan, const Style& style) {
  std::string out;
  const bool verbose = style.verbosity == Verbosity::verbose;
  std::size_t left = 0;
  std::size_t told = 0;
  for (const core::impact::Risk& risk : plan.risks) {
    if (!verbose && (risk.weight == Weight::low || told == most_risks)) {
      ++left;
      continue;
    }
    ++told;
    const std::string place = place_text(*plan.impact, risk);
    std::string words = place.empty() ? risk.words : place + ": " + risk.words;
    if (!risk.way_out.empty()) words += " → " + risk.way_out;
    out += line(risk.weight == Weight::high ? "✗" : "!", tone_of(risk.weight),
                without_passwords(words), style);
  }
  if (left > 0) {
    out += line("–", Tone::faint,
                fmt::format("{} more, of less weight: --verbose shows them", human_number(left)),
                style);
  }
  return out.empty() ? out : heading("Risks", style) + out + '\n';
}

}  // namespace

HandlingLine handling_line(const Impact& impact, const core::impact::StatementImpact& statement) {
  HandlingLine line{.text = handling_text(statement.handling)};
  const auto& handling = statement.handling;
  const bool asked = handling.kind == Handling::Kind::asked;
  if (asked) line.tone = handling.way.is_harmless() ? Tone::good : Tone::waiting;
  if (handling.kind == Handling::Kind::unknown) line.tone = Tone::waiting;
  if (handling.kind == Handling::Kind::fails) line.tone = Tone::bad;
  const bool about_rows =
      asked || handling.kind == Handling::Kind::not_asked || handling.kind == Handling::Kind::rows;
  if (about_rows && !statement.touches.empty()) {
    const TouchedTable* table = impact.find_table(statement.touches.front().name);
    std::string size;
    if (table != nullptr && !table->is_new) size = size_text(*table);
    if (table != nullptr && !size.empty())
      line.text += fmt::format("{}{}: {}", line.text.empty() ? "" : "; ", table->name, size);
  }
  const core::estimate::Estimate& expected = statement.expected;
  if (expected.time && *expected.time >= std::chrono::seconds(1))
    line.text += fmt::format("; {} ({})", time_text(expected), expected.basis);
  line.text = one_line(without_passwords(line.text));
  return line;
}

std::string impact_text(const port::PlanShown& plan, const Style& style) {
  if (!plan.impact) return {};
  const core::impact::ExpectedTime expected = core::impact::expected_time(*plan.impact);
  std::string out = risks_text(plan, style) + traffic_text(plan.impact->traffic, style) +
                    tables_text(*plan.impact, style);
  if (!plan.impact->asked.empty()) {
    out += paint(fmt::format("How statements run was asked of {}.", plan.impact->asked),
                 Tone::faint, style.colour) +
           '\n';
  }
  if (!plan.impact->not_asked.empty()) {
    out += wrap(one_line("How the server runs statements is not known: " + plan.impact->not_asked),
                style.width, 0) +
           '\n';
  }
  return out + fmt::format("Expected to take {}.\n", time_text(expected));
}

}  // namespace migrate::output
