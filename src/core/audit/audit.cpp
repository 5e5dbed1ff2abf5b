#include "core/audit/audit.h"

#include <algorithm>

#include <fmt/format.h>

#include "audit/declaration.h"
#include "audit/rules.h"
#include "core/fault.h"
#include "core/schema/ignore.h"
#include "lint/counting.h"

namespace migrate::core::audit {
namespace {

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

/// Why a finding of the rule is meant; empty: nobody says so. What a ddl file names is its own
/// matter, and would be drift from it if it were converted here.
std::string allowed_because(const Facts& facts, const Policy& policy, const Canon& canon,
                            std::string_view rule, std::string_view object) {
  if (const Allowance* allowance = allowance_for(policy, rule, object)) return allowance->reason;
  const bool of_collation = rule == table_collation().name || rule == column_collation().name;
  const bool is_declared =
      of_collation ? is_declared_otherwise(facts, canon, object)
                   : rule == nullable_unique_key().name && is_declared_nullable(facts, object);
  if (!is_declared) return {};
  return fmt::format("{} declares it so", declaration_of(facts, object)->path);
}

bool is_off(const Policy& policy, std::string_view rule) {
  return !lint::severity_of(policy.severities, rule, Severity::notice);
}

void add_useless(const Rule& rule, Severity severity, const Policy& policy, Report& report) {
  for (const Allowance& allowance : policy.allow) {
    const bool needed = std::ranges::any_of(report.findings, [&](const Finding& finding) {
      return finding.rule == allowance.rule && covers(allowance, finding.remark.object);
    });
    if (needed || is_off(policy, allowance.rule)) continue;
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
  return lint::count_of(findings, severity);
}

bool Report::has_at_least(Severity severity) const {
  return lint::is_any_at_least(findings, severity);
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
    const auto severity = lint::severity_of(policy.severities, rule.name, rule.severity);
    if (!severity) continue;
    if (rule.check == nullptr) {
      add_useless(rule, *severity, policy, report);
      continue;
    }
    for (Remark& remark : rule.check(facts, report.canon)) {
      std::string because = allowed_because(facts, policy, report.canon, rule.name, remark.object);
      report.findings.push_back(
          {std::string(rule.name), *severity, std::move(remark), std::move(because)});
    }
  }
  return report;
}

bool counts(const Facts& facts, const Policy& policy, const Canon& canon, std::string_view rule,
            std::string_view object) {
  return !is_off(policy, rule) && allowed_because(facts, policy, canon, rule, object).empty();
}

}  // namespace migrate::core::audit
