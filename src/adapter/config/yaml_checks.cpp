#include "yaml_checks.h"

#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "adapter/config/setting.h"

namespace migrate::config {
namespace {

constexpr std::array<std::string_view, 7> check_keys{"query",  "expect", "severity",  "when",
                                                     "reason", "needs",  "time_limit"};

std::string query(const YamlNodes& nodes, const YamlEntry& entry) {
  std::string text = nodes.scalar(entry);
  if (const auto wrong = core::check::wrong_with_query(text))
    throw fault_at(nodes.origin_of(entry.value), "'query': " + *wrong);
  return text;
}

core::check::Expectation expectation(const YamlNodes& nodes, const YamlEntry& entry) {
  const std::string text = nodes.scalar(entry);
  const auto read = core::check::parse_expectation(text);
  if (const auto* bad = std::get_if<core::check::BadExpectation>(&read)) {
    throw fault_at(nodes.origin_of(entry.value),
                   fmt::format("'{}' is no expectation: {}, at character {}", text, bad->message,
                               bad->character),
                   R"(write it in quotes: "= 0", "<= 100", "between 1 and 5", "rows = 0")");
  }
  return std::get<core::check::Expectation>(read);
}

std::chrono::seconds time_limit(const YamlNodes& nodes, const YamlEntry& entry) {
  static constexpr std::chrono::seconds most{3600};
  const std::string text = nodes.scalar(entry);
  if (canonical(Setting::connect_timeout, text) && seconds_of(text) <= most)
    return seconds_of(text);
  throw fault_at(nodes.origin_of(entry.value),
                 fmt::format("'{}' is not a valid time_limit; expected whole seconds, from 1 to {}",
                             text, most.count()));
}

CheckSetting check(const YamlNodes& nodes, const YamlEntry& entry) {
  CheckSetting setting{.name = entry.key, .origin = entry.key_origin};
  if (entry.value.IsScalar()) {
    setting.off = nodes.scalar(entry) == "off";
    if (setting.off) return setting;
    throw fault_at(nodes.origin_of(entry.value),
                   fmt::format("'{}' is no check; expected off, or {}", nodes.scalar(entry),
                               fmt::join(check_keys, ", ")));
  }
  for (const YamlEntry& part : nodes.known_entries(entry.value, check_keys)) {
    if (part.key == "query") {
      setting.query = query(nodes, part);
    } else if (part.key == "expect") {
      setting.expect = expectation(nodes, part);
    } else if (part.key == "severity") {
      setting.severity =
          nodes.one_of(part, core::lint::severity_names, "severity", core::lint::severity_named);
    } else if (part.key == "when") {
      setting.when.emplace();
      for (const YamlEntry& word : nodes.one_or_more(part)) {
        setting.when->push_back(
            nodes.one_of(word, core::check::moment_names, "moment", core::check::moment_named));
      }
    } else if (part.key == "needs") {
      setting.needs.emplace();
      for (const YamlEntry& table : nodes.one_or_more(part))
        setting.needs->push_back(nodes.scalar(table));
    } else if (part.key == "time_limit") {
      setting.time_limit = time_limit(nodes, part);
    } else {
      setting.reason = nodes.scalar(part);
    }
  }
  return setting;
}

}  // namespace

std::vector<CheckSetting> check_settings(const YamlNodes& nodes, const YAML::Node& map) {
  std::vector<CheckSetting> result;
  for (const YamlEntry& entry : nodes.entries(map)) {
    if (const auto wrong = core::check::wrong_with_name(entry.key))
      throw fault_at(entry.key_origin, fmt::format("'{}': {}", entry.key, *wrong));
    result.push_back(check(nodes, entry));
  }
  return result;
}

}  // namespace migrate::config
