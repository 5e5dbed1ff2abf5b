#pragma once

#include <string>
#include <vector>

#include "adapter/output/style.h"
#include "core/audit/audit.h"
#include "core/audit/rule.h"
#include "port/presenter.h"

namespace migrate::output {

/// The findings by rule, their totals, and what a step for them holds, if one was asked for. Quiet:
/// without notices, advice and totals. Verbose: with those that migrate.yaml allows.
std::string audit_text(const core::audit::Report& report, core::audit::Severity fail_on,
                       const port::AuditFix* fix, const Style& style, const std::string& program);

/// A table of rules; of one alone everything.
std::string audit_rules_text(const std::vector<core::audit::Rule>& rules, const Style& style,
                             const std::string& program);

}  // namespace migrate::output
