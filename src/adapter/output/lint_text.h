#pragma once

#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "core/lint/linter.h"
#include "core/lint/rule.h"

namespace migrate::output {

/// The findings by file, each with its line and what to do, and their totals. Quiet: without
/// notices, lines and totals. Verbose: with those that the files allow.
std::string lint_text(const core::lint::Report& report, core::lint::Severity fail_on,
                      const Style& style, const std::string& program);

/// A table of rules; of one alone everything.
std::string rules_text(const std::vector<core::lint::Rule>& rules, const Style& style,
                       const std::string& program);

}  // namespace migrate::output
