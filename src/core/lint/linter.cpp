#include "core/lint/linter.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "counting.h"
#include "script_walk.h"

namespace migrate::core::lint {
namespace {

/// Of the linter itself: an allowance that was not needed.
constexpr std::string_view useless = "useless-allow";

std::vector<Rule> rules_that_are_on(const Severities& severities) {
  std::vector<Rule> on;
  for (Rule& rule : all_rules()) {
    const auto severity = severity_of(severities, rule.name, rule.severity);
    if (!severity) continue;
    rule.severity = *severity;
    on.push_back(rule);
  }
  return on;
}

/// Takes the findings of one file that it allows for allowed, and finds the allowances that no
/// finding needs, or that name no rule.
class Allowances {
 public:
  Allowances(std::span<const Rule> on, WalkedScript& script) : on_(on), script_(script) {}

  void settle() {
    const std::vector<Rule> all = all_rules();
    std::vector<Finding> unneeded;
    for (const Scope& scope : script_.scopes) {
      const std::string& name = scope.allowance.rule;
      if (find_rule(all, name) == nullptr) {
        script_.problems.push_back({.path = script_.outline.path,
                                    .position = scope.allowance.position,
                                    .message = unknown_rule(all, name)});
      } else if (!allow(scope) && find_rule(on_, name) != nullptr) {
        add_unneeded(scope, unneeded);
      }
    }
    std::ranges::move(unneeded, std::back_inserter(script_.findings));
  }

 private:
  bool allow(const Scope& scope) {
    bool needed = false;
    for (Finding& finding : script_.findings) {
      if (finding.rule != scope.allowance.rule) continue;
      if (scope.statement != 0 && finding.statement != scope.statement) continue;
      // The nearer one of two says why.
      if (!finding.is_allowed() || scope.statement != 0)
        finding.allowed_because = scope.allowance.reason;
      needed = true;
    }
    return needed;
  }

  void add_unneeded(const Scope& scope, std::vector<Finding>& unneeded) const {
    const Rule* rule = find_rule(on_, useless);
    if (rule == nullptr) return;
    Finding finding = finding_at(
        *rule, script_.outline.path,
        {scope.statement, scope.allowance.position,
         fmt::format("allow={} reason=\"{}\"", scope.allowance.rule, scope.allowance.reason)});
    finding.message =
        fmt::format("{} finds nothing {}", scope.allowance.rule,
                    scope.statement == 0 ? "in this file" : "in the statement behind this");
    finding.advice = "take it out";
    unneeded.push_back(std::move(finding));
  }

  std::span<const Rule> on_;
  WalkedScript& script_;
};

void add_step_findings(std::span<const Rule> rules, StepKind kind, WalkedScript& up,
                       WalkedScript* down) {
  const StepView view{
      .kind = kind, .up = up.outline, .down = down == nullptr ? nullptr : &down->outline};
  for (const Rule& rule : rules) {
    const auto* check = std::get_if<StepCheck>(&rule.check);
    if (check == nullptr) continue;
    for (StepRemark& remark : (*check)(view)) {
      const bool of_down = remark.direction == Direction::down && down != nullptr;
      WalkedScript& script = of_down ? *down : up;
      Finding finding =
          finding_at(rule, script.outline.path, remark.place == nullptr ? Place{} : *remark.place);
      finding.message = std::move(remark.message);
      finding.advice = std::move(remark.advice);
      script.findings.push_back(std::move(finding));
    }
  }
}

}  // namespace

std::uint64_t Report::count(Severity severity) const {
  return count_of(findings, severity);
}

bool Report::has_at_least(Severity severity) const {
  return is_any_at_least(findings, severity);
}

Linter::Linter(const Severities& severities, ReadFile read)
    : rules_(rules_that_are_on(severities)), read_(std::move(read)) {}

void Linter::look_at(const Step& step, Telling telling) {
  const std::span<const Rule> rules = telling == Telling::everything ? rules_ : std::span<Rule>();
  const auto walk = [&](const ScriptFile& file, Direction direction, Tables& tables,
                        const Outline* up) {
    ScriptWalk script(file.path, step.id.kind, direction, rules, tables, up);
    read_(file, [&](std::string_view bytes) { script.feed(bytes); });
    return script.finish();
  };
  WalkedScript up = walk(step.up, Direction::up, tables_, nullptr);
  std::optional<WalkedScript> down;
  if (step.down && telling == Telling::everything) {
    // A way back, on what the step leaves; the next step starts from there, not from here.
    Tables behind = Tables::over(tables_);
    down = walk(*step.down, Direction::down, behind, &up.outline);
  }
  add_step_findings(rules, step.id.kind, up, down ? &*down : nullptr);
  const auto keep = [&](WalkedScript& script) {
    if (telling == Telling::nothing) return;
    Allowances(rules, script).settle();
    std::ranges::stable_sort(script.findings, {}, [](const Finding& finding) {
      return std::tuple(finding.position.line, finding.position.column);
    });
    std::ranges::move(script.findings, std::back_inserter(report_.findings));
    std::ranges::move(script.problems, std::back_inserter(report_.problems));
    ++report_.files;
    report_.statements += script.statements;
  };
  keep(up);
  if (down) keep(*down);
}

}  // namespace migrate::core::lint
