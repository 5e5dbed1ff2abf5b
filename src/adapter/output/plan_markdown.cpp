#include "plan_markdown.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/frozen_plan.h"
#include "impact_words.h"
#include "plan_text.h"
#include "secrets.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {
namespace {

using core::impact::Impact;
using core::impact::StatementImpact;
using core::impact::StepImpact;

/// A line of text in which nothing is markup. https://spec.commonmark.org/0.31.2/#backslash-escapes
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : one_line(text)) {
    if (std::string_view("\\`*_[]<>|#~&").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

/// The longest run of backticks in a text.
std::size_t backticks(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

/// Code within a line; a pipe would end a table's cell even there.
std::string code(std::string_view text) {
  std::string line = one_line(text);
  for (std::size_t at = 0; (at = line.find('|', at)) != std::string::npos; at += 2)
    line.insert(at, "\\");
  const std::string ticks(backticks(line) + 1, '`');
  const char* space = ticks.size() > 1 ? " " : "";
  return ticks + space + line + space + ticks;
}

std::string code_block(const std::string& text, std::string_view language) {
  std::string body;
  for (const std::string& line : safe_lines(text)) body += line + '\n';
  const std::string fence(std::max<std::size_t>(backticks(body) + 1, 3), '`');
  return fmt::format("{}{}\n{}{}\n", fence, language, body, fence);
}

std::string task(const std::string& words) {
  return "- [ ] " + words + '\n';
}

std::string run_command(const port::PlanShown& plan, const std::string& program) {
  if (plan.frozen) return fmt::format("{} up --plan {}", program, plan.frozen->path);
  return program + " up";
}

std::string head(const port::PlanShown& plan) {
  std::string out = "# Run sheet";
  if (plan.impact) {
    out += fmt::format(": schema {} on {}", code(plan.impact->server.schema),
                       plain(server_text(plan.impact->server)));
  }
  out += fmt::format("\n\n{}.", totals(plan.steps));
  if (plan.frozen) {
    out += fmt::format(" Frozen in {}: plan {}.", code(plan.frozen->path),
                       code(plan.frozen->hash.substr(0, core::shown_plan_digits)));
  }
  if (plan.impact) {
    out +=
        fmt::format(" Expected to take {}.", time_text(core::impact::expected_time(*plan.impact)));
  }
  if (plan.impact && !plan.impact->asked.empty())
    out += fmt::format(" How statements run was asked of {}.", plain(plan.impact->asked));
  if (plan.impact && !plan.impact->not_asked.empty())
    out += fmt::format(" How the server runs statements is not known: {}.",
                       plain(plan.impact->not_asked));
  return out + "\n\n";
}

std::string risks(const port::PlanShown& plan) {
  std::string out = "## Risks\n\n";
  if (plan.risks.empty() && plan.warnings.empty()) return out + "None was found.\n\n";
  for (const core::impact::Risk& risk : plan.risks) {
    const std::string place = place_text(*plan.impact, risk);
    out +=
        fmt::format("- **{}**: {}{}{}\n", word(risk.weight),
                    place.empty() ? "" : code(place) + ": ", plain(without_passwords(risk.words)),
                    risk.way_out.empty() ? "" : " → " + plain(risk.way_out));
  }
  for (const std::string& warning : plan.warnings)
    out += fmt::format("- **to read**: {}\n", plain(warning));
  return out + '\n';
}

std::string before(const port::PlanShown& plan, const std::string& program) {
  std::string out = "## Before\n\n";
  out += task(fmt::format(
      "{} ends with 0",
      code(program + " preflight" + (plan.frozen ? " --plan " + plan.frozen->path : ""))));
  for (const std::string& check : plan.checks_before)
    out += task(fmt::format("the check {} holds", code(check)));
  if (plan.impact) {
    for (const core::Blocker& blocker : plan.impact->traffic.blockers)
      out += task("gone: " + plain(without_passwords(holder_text(blocker))));
    for (const std::string& unknown : plan.impact->traffic.unknown)
      out += task("looked at by hand, as it cannot be known here: " + plain(unknown));
    if (plan.impact->traffic.replicas.value_or(0) > 0) {
      out +=
          task(fmt::format("the {} keep up", counted(*plan.impact->traffic.replicas, "replica")));
    }
  }
  return out + '\n';
}

std::string row_of(const port::PlanShown& plan, std::size_t step, std::size_t at,
                   std::size_t number) {
  const port::PlanView& view = plan.steps[step];
  const port::PlannedStatement& shown = view.statements[at];
  std::string touches;
  std::string size;
  std::string how(word(shown.effect));
  std::string time;
  if (plan.impact && at < plan.impact->steps[step].statements.size()) {
    const StatementImpact& statement = plan.impact->steps[step].statements[at];
    for (const core::ObjectName& object : statement.touches)
      touches += (touches.empty() ? "" : ", ") + object.name;
    if (!statement.touches.empty()) {
      const core::impact::TouchedTable* table =
          plan.impact->find_table(statement.touches.front().name);
      if (table != nullptr) size = size_text(*table);
    }
    time = time_text(statement.expected);
    if (std::string text = handling_text(statement.handling); !text.empty())
      how = without_passwords(text);
  }
  return fmt::format("| {} | {} | {} | {} | {} | {} |\n", number,
                     code(fmt::format("{}:{}", view.planned.script.path, shown.position.line)),
                     plain(touches), plain(size), plain(how), plain(time));
}

std::string order(const port::PlanShown& plan) {
  std::string out =
      "## Order\n\n| # | statement | touches | size | how it runs | expected "
      "|\n|--:|---|---|---|---|---|\n";
  std::size_t number = 0;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) {
    const port::PlanView& view = plan.steps[i];
    for (std::size_t at = 0; at < view.statements.size(); ++at)
      out += row_of(plan, i, at, ++number);
    if (view.truncated)
      out += fmt::format("| … | more of {} | | | | |\n", code(view.planned.script.path));
  }
  return out + '\n';
}

std::string run_and_behind(const port::PlanShown& plan, const std::string& program) {
  std::string out = "## Run\n\n" + code_block(run_command(plan, program), "sh") + '\n';
  out += "## Behind it\n\n";
  out += task(code(program + " status") + " ends with 0");
  for (const std::string& check : plan.checks_after)
    out += task(fmt::format("the check {} holds (the run asks it too)", code(check)));
  return out + '\n';
}

std::string way_back(const port::PlanShown& plan, const std::string& program) {
  std::string out = "## Way back\n\n";
  const std::size_t steps = steps_with_a_way_back(plan.steps);
  std::string lines;
  for (auto view = plan.steps.rbegin(); view != plan.steps.rend(); ++view) {
    const core::Step& step = view->planned.step;
    const std::string name = code(core::display_name(step.id, step.name));
    if (step.id.kind == core::StepKind::repeatable) {
      lines += fmt::format("- {}: apply the file as it was before\n", name);
      continue;
    }
    lines += step.down
                 ? fmt::format("- {}: {}\n", name, code(step.down->path))
                 : fmt::format("- {}: **none**, there is no down file; restore a backup\n", name);
  }
  if (steps > 0) out += code_block(fmt::format("{} down --steps {}", program, steps), "sh") + '\n';
  return out + lines + '\n';
}

std::string statements(const Impact& impact) {
  std::string out = "## Statements\n";
  for (const StepImpact& step : impact.steps) {
    out += fmt::format("\n### {}\n", plain(step.name));
    for (const StatementImpact& statement : step.statements) {
      out += '\n' +
             code_block(without_passwords(statement.text) + (statement.cut ? "\n…" : ""), "sql");
    }
  }
  return out;
}

}  // namespace

std::string plan_markdown(const port::PlanShown& plan, const std::string& program) {
  if (plan.steps.empty()) return "# Run sheet\n\nNothing to do: the plan is empty.\n";
  std::string out = head(plan) + risks(plan) + before(plan, program) + order(plan) +
                    run_and_behind(plan, program) + way_back(plan, program);
  if (plan.impact) out += statements(*plan.impact);
  return out;
}

}  // namespace migrate::output
