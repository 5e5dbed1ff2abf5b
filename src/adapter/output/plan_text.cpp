#include "plan_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/frozen_plan.h"
#include "impact_text.h"
#include "paint.h"
#include "secrets.h"
#include "table.h"
#include "text.h"
#include "units.h"
#include "words.h"

namespace migrate::output {

namespace {

constexpr std::size_t statement_indent = 5;

Tone tone(core::Effect effect) {
  switch (effect) {
    case core::Effect::schema:
      return Tone::waiting;  // commits by itself, cannot be rolled back
    case core::Effect::data:
      return Tone::plain;
    case core::Effect::session:
    case core::Effect::neutral:
      return Tone::faint;
  }
  return Tone::plain;
}

std::uint64_t statements_to_run(const core::PlannedStep& planned) {
  return planned.script.shape.statements() - (planned.first_statement - 1);
}

}  // namespace

std::string commit_text(const core::Script& script) {
  if (core::runs_in_one_transaction(script)) return "one transaction, all or nothing";
  if (script.directives.transaction == core::TransactionMode::batch) {
    return fmt::format("a commit every {} statements", script.directives.batch_size);
  }
  return "each statement commits by itself";
}

namespace {

/// The lines of a table, with what is known of each statement below its own.
std::string with_handling(const std::string& lines, const core::impact::Impact& impact,
                          const core::impact::StepImpact& step, const Style& style) {
  constexpr std::size_t margin = statement_indent + 4;
  std::string out;
  auto statement = step.statements.begin();
  for (std::size_t at = 0; at < lines.size();) {
    const std::size_t end = lines.find('\n', at) + 1;
    out += lines.substr(at, end - at);
    at = end;
    if (statement == step.statements.end()) continue;
    const HandlingLine known = handling_line(impact, *statement++);
    if (known.text.empty()) continue;
    const std::string text = wrap(known.text, std::max(style.width, 2 * margin) - margin, margin);
    out += std::string(margin - 2, ' ') + paint("→ " + text, known.tone, style.colour) + '\n';
  }
  return out;
}

/// `step`: null, unless somebody looked.
std::string statements_text(const port::PlanView& view, const core::impact::Impact* impact,
                            const core::impact::StepImpact* step, const Style& style) {
  Table table({{""}, {""}, {"", Align::left, Fit::cut}});
  for (const port::PlannedStatement& statement : view.statements) {
    table.add(Cell{fmt::format("line {}", statement.position.line), Tone::faint},
              Cell{std::string(word(statement.effect)), tone(statement.effect)},
              Cell{one_line(without_passwords(statement.text))});
  }
  std::string out = table.text(style, statement_indent);
  if (step != nullptr) out = with_handling(out, *impact, *step, style);
  if (view.truncated) {
    const std::uint64_t total = statements_to_run(view.planned);
    const std::uint64_t shown = std::min<std::uint64_t>(total, view.statements.size());
    out += std::string(statement_indent, ' ') +
           paint(fmt::format("… and {} more", human_number(total - shown)), Tone::faint,
                 style.colour) +
           '\n';
  }
  return out;
}

/// Of the step that is the `index`th.
std::string step_block(std::size_t index, const port::PlanShown& plan, const Style& style) {
  const port::PlanView& view = plan.steps[index];
  const core::PlannedStep& planned = view.planned;
  std::string out =
      fmt::format("{:>3}  {}", index + 1,
                  paint(step_text(planned.step.id, planned.step.name), Tone::strong, style.colour));
  out += fmt::format(
      "  {}\n",
      paint(word(planned.direction),
            planned.direction == core::Direction::up ? Tone::good : Tone::waiting, style.colour));
  if (style.verbosity == Verbosity::quiet) return out;
  const std::string about = reason_text(planned) + "; " +
                            counted(statements_to_run(planned), "statement") + ", " +
                            commit_text(planned.script);
  const std::string margin(statement_indent, ' ');
  out += margin +
         wrap(about, style.width - std::min(style.width, statement_indent), statement_indent) +
         '\n';
  out += margin + paint(one_line(planned.script.path), Tone::faint, style.colour) + '\n';
  const core::impact::Impact* impact = plan.impact ? &*plan.impact : nullptr;
  const core::impact::StepImpact* step = impact == nullptr ? nullptr : &impact->steps[index];
  return out + statements_text(view, impact, step, style) + '\n';
}

}  // namespace

std::string totals(const std::vector<port::PlanView>& steps) {
  core::ScriptShape sum;
  for (const port::PlanView& view : steps) {
    if (view.truncated) {
      const core::ScriptShape& shape = view.planned.script.shape;
      sum.schema_statements += shape.schema_statements;
      sum.data_statements += shape.data_statements;
      sum.session_statements += shape.session_statements;
      sum.neutral_statements += shape.neutral_statements;
    }
    for (const port::PlannedStatement& statement : view.statements) {
      if (view.truncated) break;
      switch (statement.effect) {
        case core::Effect::schema:
          ++sum.schema_statements;
          break;
        case core::Effect::data:
          ++sum.data_statements;
          break;
        case core::Effect::session:
          ++sum.session_statements;
          break;
        case core::Effect::neutral:
          ++sum.neutral_statements;
          break;
      }
    }
  }
  std::string parts;
  const auto part = [&parts](std::uint64_t count, core::Effect effect) {
    if (count == 0) return;
    parts += fmt::format("{}{} {}", parts.empty() ? ": " : ", ", human_number(count), word(effect));
  };
  part(sum.schema_statements, core::Effect::schema);
  part(sum.data_statements, core::Effect::data);
  part(sum.session_statements, core::Effect::session);
  part(sum.neutral_statements, core::Effect::neutral);
  return fmt::format("{}, {}{}", counted(steps.size(), "step"),
                     counted(sum.statements(), "statement"), parts);
}

std::size_t steps_with_a_way_back(const std::vector<port::PlanView>& steps) {
  std::size_t count = 0;
  for (auto view = steps.rbegin(); view != steps.rend(); ++view) {
    const core::Step& step = view->planned.step;
    if (step.id.kind == core::StepKind::repeatable) continue;
    if (!step.down) break;
    ++count;
  }
  return count;
}

std::string plan_text(const port::PlanShown& plan, const Style& style, const std::string& program) {
  std::string out;
  for (std::size_t i = 0; i < plan.steps.size(); ++i) out += step_block(i, plan, style);
  if (style.verbosity != Verbosity::quiet) out += impact_text(plan, style);
  for (const std::string& warning : plan.warnings) {
    out += paint("warning: ", Tone::waiting, style.colour) +
           wrap(one_line(warning), style.width - std::min<std::size_t>(style.width, 9), 9) + '\n';
  }
  if (style.verbosity == Verbosity::quiet) return out;
  if (plan.steps.empty()) return out + "Nothing to do: the plan is empty.\n";
  out += totals(plan.steps) + '\n';
  if (plan.frozen) {
    return out + fmt::format(
                     "frozen in {}: plan {}\n\nNext: have it approved where that is asked for, "
                     "then run exactly this\n    {}\n",
                     one_line(plan.frozen->path),
                     plan.frozen->hash.substr(0, core::shown_plan_digits),
                     paint(fmt::format("{} up --plan {}", program, one_line(plan.frozen->path)),
                           Tone::strong, style.colour));
  }
  const core::Direction direction = plan.steps.front().planned.direction;
  return out + "\nNext: run it, with the same options\n    " +
         paint(fmt::format("{} {}", program, word(direction)), Tone::strong, style.colour) + '\n';
}

}  // namespace migrate::output
