#include "core/guard/destructive.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ascii.h"
#include "core/guard/name.h"
#include "core/schema/ignore.h"

namespace migrate::core::guard {
namespace {

constexpr std::array<std::string_view, 9> taking_away{
    "drop-table", "drop-column",    "drop-view",      "drop-routine", "drop-schema",
    "drop-index", "drop-partition", "truncate-table", "narrowing"};
constexpr std::string_view looking_away = "dynamic-sql";

/// A refusal is a paragraph, and no list of everything.
constexpr std::size_t most_told = 8;

std::string told(const Destruction& destruction) {
  return destruction.where.empty() ? destruction.what
                                   : fmt::format("{}: {}", destruction.where, destruction.what);
}

std::string told(const std::vector<Destruction>& all) {
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < std::min(all.size(), most_told); ++i) parts.push_back(told(all[i]));
  if (all.size() > most_told) parts.push_back(fmt::format("{} more", all.size() - most_told));
  return fmt::format("{}", fmt::join(parts, ", "));
}

/// Protected ones that nobody named.
std::set<std::string> unnamed(const std::vector<Destruction>& all,
                              const DestructionPolicy& policy) {
  std::set<std::string> missing;
  for (const Destruction& one : all) {
    for (const ObjectName& object : one.objects) {
      const bool is_named = std::ranges::any_of(policy.named, [&](const std::string& name) {
        return to_lower(name) == to_lower(object.name);
      });
      if (!is_named && is_protected(object, policy.protected_objects)) missing.insert(object.name);
    }
  }
  return missing;
}

}  // namespace

lint::Severities destructive_rules() {
  lint::Severities severities;
  for (const lint::Rule& rule : lint::all_rules()) severities[std::string(rule.name)] = {};
  for (const std::string_view name : taking_away)
    severities[std::string(name)] = lint::Severity::error;
  severities[std::string(looking_away)] = lint::Severity::notice;
  return severities;
}

bool is_protected(const ObjectName& object, const std::vector<std::string>& patterns) {
  if (object.kind == ObjectKind::schema) return !patterns.empty();
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    return schema::ignored(to_lower(object.name), {to_lower(pattern)});
  });
}

Verdict destructive_verdict(const Destructions& destructions, const DestructionPolicy& policy) {
  Verdict verdict{.guard = std::string(name_of(Name::destructive))};
  const std::vector<Destruction>& all = destructions.found;
  if (all.empty()) {
    if (destructions.unseen == 0) return verdict;
    verdict.outcome = Verdict::Outcome::warned;
    verdict.saw = fmt::format("what {} EXECUTE statement{} will run is in no file: nobody looked",
                              destructions.unseen, destructions.unseen == 1 ? "" : "s");
    return verdict;
  }
  verdict.outcome = Verdict::Outcome::refused;
  verdict.saw = told(all);
  verdict.way_out = fmt::format("when it may go, say why, for the log: --override {}=\"REASON\"",
                                name_of(Name::destructive));
  std::set<std::string> rules;
  for (const Destruction& one : all) {
    if (one.word == Destruction::Word::needed) rules.insert(one.rule);
  }
  if (!rules.empty()) {
    verdict.outcome = Verdict::Outcome::forbidden;
    verdict.saw += "; not every file says that this is meant";
    verdict.way_out = fmt::format(
        "say so in the file, in front of the statement: -- migrate: allow={} reason=\"…\"{}; then, "
        "{}",
        *rules.begin(),
        rules.size() == 1 ? "" : fmt::format(" (or, as it may be: {})", fmt::join(rules, ", ")),
        verdict.way_out);
  }
  const std::set<std::string> missing = unnamed(all, policy);
  if (!missing.empty()) {
    verdict.outcome = Verdict::Outcome::forbidden;
    verdict.saw += fmt::format("; protected: {}", fmt::join(missing, ", "));
    verdict.way_out += fmt::format("; and name what is protected and may go: --drop-protected {}",
                                   fmt::join(missing, " --drop-protected "));
  }
  return verdict;
}

}  // namespace migrate::core::guard
