#include "lint_json.h"

#include "secrets.h"
#include "severity_json.h"

namespace migrate::output {
namespace {

using Json = nlohmann::ordered_json;
using core::lint::Finding;

}  // namespace

void add_lint(Json& document, const core::lint::Report& report) {
  document["files"] = report.files;
  document["statements"] = report.statements;
  document["counts"] = counts_of(report);
  document["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    Json item{{"rule", finding.rule},
              {"severity", name_of(finding.severity)},
              {"path", finding.path},
              {"line", finding.position.line},
              {"column", finding.position.column}};
    item["statement"] = finding.statement == 0 ? Json() : Json(finding.statement);
    item["message"] = finding.message;
    item["advice"] = finding.advice;
    item["text"] = without_passwords(finding.excerpt);
    item["allowed_because"] = reason_of(finding);
    document["findings"].push_back(std::move(item));
  }
}

}  // namespace migrate::output
