#include "app/shape_check.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "core/fault.h"
#include "core/schema_change.h"
#include "core/text_difference.h"

namespace migrate::app {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
  };
  return std::ranges::equal(a, b, [&](char x, char y) { return lower(x) == lower(y); });
}

/// The statements of a ddl file that can create or change a table.
std::vector<std::string> schema_statements(const core::ScriptFile& script,
                                           port::StepSource& steps) {
  std::vector<std::string> texts;
  const auto stream = steps.open(script);
  while (auto statement = stream->next()) {
    if (statement->statement.effect == core::Effect::schema)
      texts.push_back(std::move(statement->statement.text));
  }
  return texts;
}

/// Whether another statement of the file names `table`, or could name anything.
bool changed_elsewhere(const std::vector<std::string>& statements, std::size_t declaration,
                       std::string_view table) {
  for (std::size_t i = 0; i < statements.size(); ++i) {
    if (i == declaration) continue;
    const auto changed = core::schema_change(statements[i]).objects;
    if (changed.empty()) return true;
    for (const core::ChangedObject& object : changed) {
      if (same_name(object.object.name, table)) return true;
    }
  }
  return false;
}

struct Comparison {
  std::optional<port::ShapeDifference> difference;
  std::string unknown_because;  ///< empty: the server could compare
};

Comparison compare(port::Schema& schema, const std::string& create_table) {
  try {
    return {.difference = schema.difference(create_table)};
  } catch (const core::Fault& fault) {
    if (fault.code() != core::ExitCode::statement_failed) throw;
    return {.unknown_because = fault.what()};
  }
}

core::Refusal refusal(const core::ScriptFile& script, const port::ShapeDifference& difference) {
  return {.code = core::ExitCode::drift,
          .reason = fmt::format("table {} has another shape than {} declares:\n{}",
                                difference.table, script.path,
                                core::text_difference(difference.found, difference.declared)),
          .way_out = fmt::format(
              "bring the table to the declared shape in a versioned step (lines with - are what it "
              "has, with + what {} declares), or mend that file",
              script.path)};
}

}  // namespace

std::optional<core::Refusal> refuse_other_shape(core::Plan& plan, port::Schema& schema,
                                                port::StepSource& steps) {
  for (const core::PlannedStep& planned : plan.steps) {
    if (planned.step.id.kind != core::StepKind::repeatable) continue;
    const auto statements = schema_statements(planned.step.up, steps);
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const auto changed = core::schema_change(statements[i]).objects;
      if (changed.empty()) continue;
      const std::string& name = changed.front().object.name;
      if (changed_elsewhere(statements, i, name)) continue;
      const Comparison comparison = compare(schema, statements[i]);
      if (comparison.difference) return refusal(planned.step.up, *comparison.difference);
      if (!comparison.unknown_because.empty()) {
        plan.warnings.push_back(
            fmt::format("{}: table {} exists, and its shape was not compared: {}",
                        planned.step.up.path, name, comparison.unknown_because));
      }
    }
  }
  return std::nullopt;
}

std::optional<core::Refusal> refuse_other_shape_after(const core::Step& step, port::Schema& schema,
                                                      port::StepSource& steps) {
  for (const std::string& statement : schema_statements(step.up, steps)) {
    const Comparison comparison = compare(schema, statement);
    if (comparison.difference) return refusal(step.up, *comparison.difference);
  }
  return std::nullopt;
}

}  // namespace migrate::app
