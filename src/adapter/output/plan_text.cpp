#include "plan_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/frozen_plan.h"
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

std::string commit_text(const core::Script& script) {
  if (core::runs_in_one_transaction(script)) return "one transaction, all or nothing";
  if (script.directives.transaction == core::TransactionMode::batch) {
    return fmt::format("a commit every {} statements", script.directives.batch_size);
  }
  return "each statement commits by itself";
}

std::string statements_text(const port::PlanView& view, const Style& style) {
  Table table({{""}, {""}, {"", Align::left, Fit::cut}});
  for (const port::PlannedStatement& statement : view.statements) {
    table.add(Cell{fmt::format("line {}", statement.position.line), Tone::faint},
              Cell{std::string(word(statement.effect)), tone(statement.effect)},
              Cell{one_line(without_passwords(statement.text))});
  }
  std::string out = table.text(style, statement_indent);
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

std::string step_block(std::size_t number, const port::PlanView& view, const Style& style) {
  const core::PlannedStep& planned = view.planned;
  std::string out =
      fmt::format("{:>3}  {}", number,
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
  return out + statements_text(view, style) + '\n';
}

/// What the plan's statements do, by effect.
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

}  // namespace

std::string plan_text(const std::vector<port::PlanView>& steps,
                      const std::vector<std::string>& warnings, const port::FrozenFile* frozen,
                      const Style& style, const std::string& program) {
  std::string out;
  for (std::size_t i = 0; i < steps.size(); ++i) out += step_block(i + 1, steps[i], style);
  for (const std::string& warning : warnings) {
    out += paint("warning: ", Tone::waiting, style.colour) +
           wrap(one_line(warning), style.width - std::min<std::size_t>(style.width, 9), 9) + '\n';
  }
  if (style.verbosity == Verbosity::quiet) return out;
  if (steps.empty()) return out + "Nothing to do: the plan is empty.\n";
  out += totals(steps) + '\n';
  if (frozen != nullptr) {
    return out + fmt::format(
                     "frozen in {}: plan {}\n\nNext: have it approved where that is asked for, "
                     "then run exactly this\n    {}\n",
                     one_line(frozen->path), frozen->hash.substr(0, core::shown_plan_digits),
                     paint(fmt::format("{} up --plan {}", program, one_line(frozen->path)),
                           Tone::strong, style.colour));
  }
  const core::Direction direction = steps.front().planned.direction;
  return out + "\nNext: run it, with the same options\n    " +
         paint(fmt::format("{} {}", program, word(direction)), Tone::strong, style.colour) + '\n';
}

}  // namespace migrate::output
