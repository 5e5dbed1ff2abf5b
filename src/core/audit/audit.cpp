#include "core/audit/audit.h"

#include <algorithm>

#include <fmt/format.h>

#include "audit/rules.h"
#include "core/fault.h"
#include "core/schema/ignore.h"

namespace migrate::core::audit {
namespace {

/// Nothing: the rule is off.
std::optional<Severity> severity_of(const Rule& rule, const Policy& policy) {
  const auto set = policy.severities.find(rule.name);
  return set == policy.severities.end() ? rule.severity : set->second;
}

/// A table's entry is about its columns and indexes too.
bool covers(const Allowance& allowance, std::string_view object) {
  const std::vector<std::string> pattern{allowance.object};
  return schema::ignored(object, pattern) ||
         schema::ignored(object.substr(0, object.find('.')), pattern);
}

const Allowance* allowance_for(const Policy& policy, std::string_view rule,
                               std::string_view object) {
  const auto found = std::ranges::find_if(policy.allow, [&](const Allowance& allowance) {
    return allowance.rule == rule && covers(allowance, object);
  });
  return found == policy.allow.end() ? nullptr : &*found;
}

void add_useless(const Rule& rule, Severity severity, const Policy& policy, Report& report) {
  for (const Allowance& allowance : policy.allow) {
    const auto set = policy.severities.find(allowance.rule);
    const bool off = set != policy.severities.end() && !set->second;
    const bool needed = std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return finding.rule == allowance.rule && covers(allowance, finding.remark.object);
    });
    if (needed || off) continue;
    report.findings.push_back({std::string(rule.name),
                               severity,
                               {ObjectKind::schema, allowance.place,
                                fmt::format("{} finds nothing at {} that would have to be allowed",
                                            allowance.rule, allowance.object),
                                "take the entry out"},
                               {}});
  }
}

}  // namespace

std::uint64_t Report::count(Severity severity) const {
  return static_cast<std::uint64_t>(std::ranges::count_if(findings, [&](const Finding& finding) {
    return finding.severity == severity && !finding.is_allowed();
  }));
}

bool Report::has_at_least(Severity severity) const {
  return std::ranges::any_of(findings, [&](const Finding& finding) {
    return finding.severity >= severity && !finding.is_allowed();
  });
}

Canon canon_of(const Policy& policy, const Facts& facts) {
  Canon canon{policy.charset, policy.collation, policy.row_format};
  // "utf8mb4_bin" is one of utf8mb4.
  if (canon.charset.empty() && !canon.collation.empty())
    canon.charset = canon.collation.substr(0, canon.collation.find('_'));
  if (canon.charset.empty()) canon.charset = facts.schema.charset;
  const auto known = facts.default_collations.find(canon.charset);
  if (known == facts.default_collations.end()) {
    throw Fault(ExitCode::configuration,
                fmt::format("the server has no character set '{}'", canon.charset),
                "correct charset or collation below `audit` in migrate.yaml");
  }
  if (canon.collation.empty()) {
    const bool own = canon.charset == facts.schema.charset;
    canon.collation = own ? facts.schema.collation : known->second;
  }
  if (canon.collation.substr(0, canon.collation.find('_')) != canon.charset) {
    throw Fault(
        ExitCode::configuration,
        fmt::format("collation '{}' is none of character set '{}'", canon.collation, canon.charset),
        "correct charset and collation below `audit` in migrate.yaml");
  }
  return canon;
}

Report audit(const Facts& facts, const Policy& policy) {
  Report report{.canon = canon_of(policy, facts),
                .tables = facts.schema.tables.size(),
                .findings = {},
                .unseen = facts.unseen};
  for (const Rule& rule : all_rules()) {
    const auto severity = severity_of(rule, policy);
    if (!severity) continue;
    if (rule.check == nullptr) {
      add_useless(rule, *severity, policy, report);
      continue;
    }
    for (Remark& remark : rule.check(facts, report.canon)) {
      const Allowance* allowance = allowance_for(policy, rule.name, remark.object);
      report.findings.push_back({std::string(rule.name), *severity, std::move(remark),
                                 allowance == nullptr ? std::string() : allowance->reason});
    }
  }
  return report;
}

bool counts(const Policy& policy, std::string_view rule, std::string_view object) {
  const auto set = policy.severities.find(rule);
  const bool off = set != policy.severities.end() && !set->second;
  return !off && allowance_for(policy, rule, object) == nullptr;
}

}  // namespace migrate::core::audit
