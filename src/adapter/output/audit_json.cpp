#include "audit_json.h"

#include "severity_json.h"

namespace migrate::output {
namespace {

using Json = nlohmann::ordered_json;
using core::audit::Finding;

Json fix_of(const port::AuditFix& fix) {
  Json out;
  out["up"] = fix.up.empty() ? Json() : Json(fix.up);
  out["down"] = fix.down.empty() ? Json() : Json(fix.down);
  out["statements"] = fix.statements;
  out["mended"] = fix.mended;
  out["probes"] = fix.probes;
  out["losses"] = Json::array();
  for (const core::audit::Loss& loss : fix.losses) {
    out["losses"].push_back({{"table", loss.probe.table},
                             {"columns", loss.probe.columns},
                             {"count", loss.count},
                             {"what", loss.probe.what},
                             {"sql", loss.probe.sql}});
  }
  out["left"] = Json::array();
  for (const core::audit::Left& left : fix.left) {
    out["left"].push_back(
        {{"rule", left.finding.rule}, {"object", left.finding.remark.object}, {"why", left.why}});
  }
  return out;
}

}  // namespace

void add_audit(Json& document, const core::audit::Report& report, const port::AuditFix* fix) {
  document["canon"] = {{"charset", report.canon.charset},
                       {"collation", report.canon.collation},
                       {"row_format", report.canon.row_format}};
  document["tables"] = report.tables;
  document["counts"] = counts_of(report);
  document["findings"] = Json::array();
  for (const Finding& finding : report.findings) {
    Json item{{"rule", finding.rule},
              {"severity", name_of(finding.severity)},
              {"object", finding.remark.object},
              {"message", finding.remark.message},
              {"advice", finding.remark.advice}};
    item["allowed_because"] = reason_of(finding);
    document["findings"].push_back(std::move(item));
  }
  document["not_looked_at"] = report.unseen;
  document["fix"] = fix == nullptr ? Json() : fix_of(*fix);
}

}  // namespace migrate::output
