#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/lint/severity.h"
#include "core/step.h"

namespace migrate::core::lint {

struct StatementView;
struct StepView;
struct Place;

/// What a rule says of a statement.
struct Remark {
  std::size_t offset = 0;  ///< in the statement
  std::string message;     ///< what is wrong, with names
  std::string advice;      ///< what to do instead
};

/// What a rule says of a step as a whole.
struct StepRemark {
  Direction direction = Direction::up;  ///< the file that it is about
  const Place* place = nullptr;         ///< in it; null: its first line. Lives as long as the view
  std::string message;
  std::string advice;
};

using StatementCheck = std::vector<Remark> (*)(const StatementView&);
using StepCheck = std::vector<StepRemark> (*)(const StepView&);

/// One thing that is looked for. The check is a pure function.
struct Rule {
  std::string_view name;
  Severity severity = Severity::warning;  ///< unless migrate.yaml says otherwise
  std::string_view
      reason;  ///< why it matters, in one or two sentences; `--explain` and docs show it
  /// monostate: the linter itself finds it.
  std::variant<std::monostate, StatementCheck, StepCheck> check;
};

/// All of them, by group: what loses data, what breaks running programs, what fails or blocks on a
/// big table, what is bad design, what differs between runs and servers, the files themselves.
std::vector<Rule> all_rules();

/// Null: there is none of that name.
const Rule* find_rule(std::span<const Rule> rules, std::string_view name);

/// "there is no rule 'drop-tabel'; did you mean 'drop-table'?"
std::string unknown_rule(std::span<const std::string_view> known, std::string_view name);
std::string unknown_rule(std::span<const Rule> rules, std::string_view name);

}  // namespace migrate::core::lint
