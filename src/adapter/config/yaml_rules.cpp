#include "yaml_rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/audit/rule.h"
#include "core/lint/rule.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 1> lint_keys{"rules"};
constexpr std::array<std::string_view, 5> audit_keys{"rules", "charset", "collation", "row_format",
                                                     "allow"};
constexpr std::array<std::string_view, 3> allow_keys{"rule", "object", "reason"};
constexpr std::array<std::string_view, 4> row_formats{"DYNAMIC", "COMPACT", "COMPRESSED",
                                                      "REDUNDANT"};
constexpr std::array<std::string_view, 4> severities{"error", "warning", "notice", "off"};

template <class Rules>
std::vector<std::string_view> names_of(const Rules& rules) {
  std::vector<std::string_view> names;
  names.reserve(rules.size());
  for (const auto& rule : rules) names.push_back(rule.name);
  return names;
}

std::vector<RuleSetting> rules(const YamlNodes& nodes, const YAML::Node& map,
                               YamlNodes::Names names) {
  std::vector<RuleSetting> result;
  for (const YamlEntry& entry : nodes.known_entries(map, names)) {
    const std::string value = nodes.scalar(entry);
    if (std::ranges::find(severities, value) == severities.end()) {
      throw fault_at(nodes.origin_of(entry.value), fmt::format("'{}' is no severity; expected {}",
                                                               value, fmt::join(severities, ", ")));
    }
    result.push_back({entry.key, core::lint::severity_named(value), nodes.origin_of(entry.value)});
  }
  return result;
}

std::string row_format(const YamlNodes& nodes, const YamlEntry& entry) {
  std::string value = nodes.scalar(entry);
  std::ranges::transform(value, value.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  if (std::ranges::find(row_formats, value) == row_formats.end()) {
    throw fault_at(nodes.origin_of(entry.value),
                   fmt::format("'{}' is no row format; expected {}", nodes.scalar(entry),
                               fmt::join(row_formats, ", ")));
  }
  return value;
}

core::audit::Allowance allowance(const YamlNodes& nodes, const YAML::Node& node) {
  core::audit::Allowance allowance{.place = nodes.origin_of(node).place()};
  for (const YamlEntry& entry : nodes.known_entries(node, allow_keys)) {
    std::string& part = entry.key == "rule"     ? allowance.rule
                        : entry.key == "object" ? allowance.object
                                                : allowance.reason;
    part = nodes.scalar(entry);
    if (entry.key != "rule") continue;
    const std::vector<std::string_view> names = names_of(core::audit::all_rules());
    if (std::ranges::find(names, part) == names.end())
      throw fault_at(nodes.origin_of(entry.value),
                     core::lint::unknown_rule(YamlNodes::Names(names), part));
  }
  for (const auto& [key, value] :
       {std::pair("rule", allowance.rule), std::pair("object", allowance.object),
        std::pair("reason", allowance.reason)}) {
    if (!value.empty()) continue;
    throw fault_at(nodes.origin_of(node), fmt::format("an exception without '{}'", key),
                   "write {rule: …, object: …, reason: …}");
  }
  return allowance;
}

std::vector<core::audit::Allowance> allowances(const YamlNodes& nodes, const YAML::Node& list) {
  std::vector<core::audit::Allowance> result;
  if (list.IsNull()) return result;
  if (!list.IsSequence()) {
    throw fault_at(nodes.origin_of(list),
                   "'allow' is a list: [{rule: …, object: …, reason: …}, …]");
  }
  for (const YAML::Node& node : list) result.push_back(allowance(nodes, node));
  return result;
}

}  // namespace

std::vector<RuleSetting> lint_rules(const YamlNodes& nodes, const YAML::Node& map) {
  std::vector<RuleSetting> result;
  for (const YamlEntry& part : nodes.known_entries(map, lint_keys))
    result = rules(nodes, part.value, names_of(core::lint::all_rules()));
  return result;
}

AuditSection audit_section(const YamlNodes& nodes, const YAML::Node& map) {
  AuditSection audit;
  for (const YamlEntry& entry : nodes.known_entries(map, audit_keys)) {
    if (entry.key == "rules") {
      audit.rules = rules(nodes, entry.value, names_of(core::audit::all_rules()));
    } else if (entry.key == "allow") {
      audit.allow = allowances(nodes, entry.value);
    } else if (entry.key == "row_format") {
      audit.row_format = {row_format(nodes, entry), nodes.origin_of(entry.value)};
    } else {
      auto& setting = entry.key == "charset" ? audit.charset : audit.collation;
      setting = {nodes.scalar(entry), nodes.origin_of(entry.value)};
    }
  }
  return audit;
}

}  // namespace migrate::config
