#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "lint_json.h"
#include "secrets.h"

namespace migrate::output {
namespace {

using Json = nlohmann::ordered_json;
using core::lint::Finding;
using core::lint::Rule;
using core::lint::Severity;

constexpr const char* schema =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// The word of SARIF for it (section 3.27.10).
std::string_view level(Severity severity) {
  return severity == Severity::notice ? "note" : name_of(severity);
}

/// The path as a relative reference or, where it is absolute, a file: URI (RFC 3986, RFC 8089).
std::string uri(std::string_view path) {
  std::string out(path.starts_with('/') ? "file://" : "");
  for (const char c : path) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '-' || c == '.' || c == '_' || c == '~' || c == '/';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
    }
  }
  return out;
}

Json rule_json(const Rule& rule) {
  const std::string reason(rule.reason);
  return {{"id", rule.name},
          {"shortDescription", {{"text", reason.substr(0, reason.find(". ") + 1)}}},
          {"fullDescription", {{"text", reason}}},
          {"help",
           {{"text", fmt::format("{} It is allowed, where it is meant, by a comment in "
                                 "front of the statement: -- migrate: allow={} "
                                 "reason=\"why\"",
                                 reason, rule.name)}}},
          {"defaultConfiguration", {{"level", level(rule.severity)}}}};
}

Json result_json(const Finding& finding, const std::vector<Rule>& rules) {
  const auto rule = std::ranges::find(rules, finding.rule, &Rule::name);
  Json region{{"startLine", finding.position.line}, {"startColumn", finding.column_in_characters}};
  if (!finding.excerpt.empty()) region["snippet"]["text"] = without_passwords(finding.excerpt);
  Json result{{"ruleId", finding.rule},
              {"ruleIndex", rule - rules.begin()},
              {"level", level(finding.severity)},
              {"message", {{"text", finding.message + "; " + finding.advice}}}};
  result["locations"] = Json::array(
      {{{"physicalLocation",
         {{"artifactLocation", {{"uri", uri(finding.path)}}}, {"region", std::move(region)}}}}});
  result["suppressions"] = Json::array();
  if (finding.is_allowed()) {
    result["suppressions"].push_back(
        {{"kind", "inSource"}, {"justification", finding.allowed_because}});
  }
  return result;
}

}  // namespace

Json sarif_log(const core::lint::Report& report) {
  const std::vector<Rule> rules = core::lint::all_rules();
  Json driver{{"name", "migrate"}, {"version", MIGRATE_VERSION}, {"rules", Json::array()}};
  for (const Rule& rule : rules) driver["rules"].push_back(rule_json(rule));
  Json run{{"tool", {{"driver", std::move(driver)}}},
           {"columnKind", "unicodeCodePoints"},
           {"results", Json::array()}};
  for (const Finding& finding : report.findings)
    run["results"].push_back(result_json(finding, rules));
  Json log{{"$schema", schema}, {"version", "2.1.0"}};
  log["runs"] = Json::array({std::move(run)});
  return log;
}

}  // namespace migrate::output
