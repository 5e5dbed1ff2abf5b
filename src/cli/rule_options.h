#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/fault.h"
#include "core/lint/rule.h"
#include "core/lint/severity.h"

// What the commands that look for things by rules have in common.
namespace migrate::cli {

struct RuleOptions {
  std::string explained;  ///< a rule; empty: none is asked for
  bool list = false;      ///< of all rules
  core::lint::Severity fail_on = core::lint::Severity::error;
};

/// --fail-on, --explain and --rules. `options` must outlive the command.
void add_rule_options(CLI::App& command, RuleOptions& options);

/// Shows the rules that were asked for, and whether some were. Throws Fault(usage) for a rule that
/// there is none of.
template <class Rule, class Show>
bool show_rules(const RuleOptions& options, std::string_view command,
                const std::vector<Rule>& rules, const Show& show) {
  if (options.explained.empty()) {
    if (options.list) show(rules);
    return options.list;
  }
  const auto found = std::ranges::find(rules, options.explained, &Rule::name);
  if (found == rules.end()) {
    std::vector<std::string_view> names;
    names.reserve(rules.size());
    for (const Rule& rule : rules) names.push_back(rule.name);
    throw core::Fault(
        core::ExitCode::usage,
        core::lint::unknown_rule(std::span<const std::string_view>(names), options.explained),
        fmt::format("see all of them with: migrate {} --rules", command));
  }
  show(std::vector<Rule>{*found});
  return true;
}

}  // namespace migrate::cli
