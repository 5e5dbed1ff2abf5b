#include "html_steps.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "html_text.h"
#include "impact_words.h"
#include "plan_text.h"
#include "secrets.h"
#include "units.h"
#include "words.h"

namespace migrate::output {
namespace {

using core::DifferenceLine;
using core::impact::Handling;
using core::impact::Impact;
using core::impact::StatementImpact;

/// Lines of a definition that stay around those that change.
constexpr std::size_t context = 3;

std::string tags_of(const Handling& handling) {
  const core::impact::Way& way = handling.way;
  switch (handling.kind) {
    case Handling::Kind::asked: {
      const bool waits = way.locking != core::impact::Locking::none;
      const char* tone = waits ? "bad" : "warn";
      return html_tag(way.rebuild == core::impact::Way::Rebuild::no ? "good" : "warn",
                      core::impact::algorithm_words(way)) +
             html_tag(waits ? tone : "good", core::impact::locking_words(way));
    }
    case Handling::Kind::not_asked:
      return html_tag("quiet", "not asked how it runs");
    case Handling::Kind::new_table:
      return html_tag("good", "new table");
    case Handling::Kind::fails:
      return html_tag("bad", "the server refuses it");
    case Handling::Kind::unknown:
      return html_tag("warn", "how it runs is unknown");
    case Handling::Kind::definition:
    case Handling::Kind::rows:
    case Handling::Kind::session:
      break;
  }
  return {};
}

std::string notes_of(const Impact& impact, const StatementImpact& statement) {
  std::vector<std::string> notes;
  for (const core::ObjectName& object : statement.touches) {
    const core::impact::TouchedTable* table = impact.find_table(object.name);
    const std::string size = table == nullptr ? "" : size_text(*table);
    notes.push_back(core::impact::words_of(object) + (size.empty() ? "" : ": " + size));
  }
  const Handling& handling = statement.handling;
  const std::string& why =
      handling.kind == Handling::Kind::asked ? handling.way.why : handling.words;
  if (!why.empty()) notes.push_back("the server: " + why);
  const core::estimate::Estimate& expected = statement.expected;
  if (!expected.time || *expected.time >= std::chrono::seconds(1))
    notes.push_back(fmt::format("expected time: {} ({})", time_text(expected), expected.basis));
  std::string out;
  for (const std::string& note : notes)
    out += fmt::format("<li>{}</li>", html(without_passwords(note)));
  return out.empty() ? out : "<ul class=\"notes\">" + out + "</ul>\n";
}

/// Which lines are shown: those that change, and `context` around them.
std::vector<bool> shown_lines(const std::vector<DifferenceLine>& lines) {
  std::vector<bool> shown(lines.size(), false);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].kind == DifferenceLine::Kind::both) continue;
    const std::size_t from = i < context ? 0 : i - context;
    const std::size_t to = std::min(lines.size(), i + context + 1);
    std::fill(shown.begin() + static_cast<std::ptrdiff_t>(from),
              shown.begin() + static_cast<std::ptrdiff_t>(to), true);
  }
  return shown;
}

std::string difference(const std::vector<DifferenceLine>& lines) {
  const std::vector<bool> shown = shown_lines(lines);
  std::string out;
  bool gap = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!shown[i]) {
      if (!gap) out += "<span class=\"gap\">⋯</span>";
      gap = true;
      continue;
    }
    gap = false;
    const bool both = lines[i].kind == DifferenceLine::Kind::both;
    const bool before = lines[i].kind == DifferenceLine::Kind::before;
    const char* other = before ? "del" : "ins";
    const char* sign = before ? "−" : "+";
    // Indentation is what the eye follows; html() would fold it.
    const std::size_t indent = std::min(lines[i].text.find_first_not_of(' '), lines[i].text.size());
    out +=
        fmt::format("<span class=\"{}\">{} {}{}</span>", both ? "same" : other, both ? " " : sign,
                    std::string(indent, ' '), html(without_passwords(lines[i].text)));
  }
  return out;
}

std::string changes_of(const StatementImpact& statement) {
  std::string out;
  for (const core::impact::ObjectChange& change : statement.changes) {
    out += fmt::format(
        "<details open><summary>Before and after: {}</summary><pre class=\"diff\">{}</pre>"
        "</details>\n",
        html(change.object), difference(change.lines));
  }
  return out;
}

std::string statement_html(const port::PlannedStatement& shown, std::size_t step,
                           const Impact* impact, const StatementImpact* statement) {
  std::string out = fmt::format(
      "<article id=\"{}\"><h4><span class=\"line\">line {}</span>{}{}</h4>\n",
      html_anchor(step, shown.index), shown.position.line, html_tag("info", word(shown.effect)),
      statement == nullptr ? "" : tags_of(statement->handling));
  out += fmt::format("<pre class=\"sql\">{}</pre>\n",
                     html_sql(statement == nullptr ? shown.text : statement->text));
  if (statement != nullptr) {
    if (statement->cut) out += "<p class=\"faint\">… the rest is in the file</p>\n";
    out += notes_of(*impact, *statement) + changes_of(*statement);
  }
  return out + "</article>\n";
}

}  // namespace

std::string html_anchor(std::size_t step, std::uint64_t statement) {
  return statement == 0 ? fmt::format("step-{}", step + 1)
                        : fmt::format("step-{}-{}", step + 1, statement);
}

std::string html_tag(const char* tone, std::string_view words) {
  return fmt::format("<span class=\"tag {}\">{}</span>", tone, html(words));
}

std::string html_steps(const port::PlanShown& plan) {
  const Impact* impact = plan.impact ? &*plan.impact : nullptr;
  std::string out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const port::PlanView& view = plan.steps[i];
    const core::PlannedStep& planned = view.planned;
    out += fmt::format(
        "<section class=\"step\" id=\"{}\"><h3>{}</h3>\n<p class=\"faint\"><code>{}</code> · {} · "
        "{}</p>\n",
        html_anchor(i, 0), html(core::display_name(planned.step.id, planned.step.name)),
        html(planned.script.path), html(reason_text(planned)), html(commit_text(planned.script)));
    for (std::size_t at = 0; at < view.statements.size(); ++at) {
      const bool looked = impact != nullptr && at < impact->steps[i].statements.size();
      const StatementImpact* statement = looked ? &impact->steps[i].statements[at] : nullptr;
      out += statement_html(view.statements[at], i, impact, statement);
    }
    if (view.truncated) out += "<p class=\"faint\">… and more statements, of the same file</p>\n";
    out += "</section>\n";
  }
  return out;
}

}  // namespace migrate::output
