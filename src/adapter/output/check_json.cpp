#include "check_json.h"

#include <string_view>

#include "units.h"

namespace migrate::output {
namespace {

using Json = nlohmann::ordered_json;
using core::check::Severity;
using core::check::Verdict;

std::string_view word(Verdict verdict) {
  switch (verdict) {
    case Verdict::holds:
      return "holds";
    case Verdict::fails:
      return "fails";
    case Verdict::left_out:
      return "left_out";
    case Verdict::unknown:
      break;
  }
  return "unknown";
}

}  // namespace

Json check_result_json(const core::check::Result& result) {
  Json out{{"check", result.check.name},
           {"severity", name_of(result.check.severity)},
           {"verdict", word(result.verdict)}};
  out["value"] = result.value ? Json(*result.value) : Json();
  out["seen"] = result.seen;
  out["expected"] = to_string(result.check.expect);
  out["reason"] = result.check.reason;
  out["duration_us"] = result.duration_us;
  return out;
}

Json check_json(const core::check::Check& check) {
  Json out{{"check", check.name},
           {"severity", name_of(check.severity)},
           {"when", Json::array()},
           {"expected", to_string(check.expect)},
           {"query", check.query},
           {"needs", check.needs},
           {"time_limit_s", check.time_limit.count()},
           {"reason", check.reason},
           {"origin", check.origin}};
  for (const core::check::Moment moment : check.when) out["when"].push_back(name_of(moment));
  return out;
}

void add_look(Json& document, const core::check::Look& look, const std::string& environment) {
  document["at"] = look.at.empty() ? Json() : Json(iso_time(look.at));
  document["environment"] = environment.empty() ? Json() : Json(environment);
  for (const Severity severity : {Severity::error, Severity::warning, Severity::notice})
    document["counts"][std::string(name_of(severity))] = look.count(severity);
  document["checks"] = Json::array();
  for (const core::check::Result& result : look.results)
    document["checks"].push_back(check_result_json(result));
}

}  // namespace migrate::output
