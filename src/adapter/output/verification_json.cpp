#include "verification_json.h"

#include <string_view>

#include "secrets.h"
#include "words.h"

namespace migrate::output {

namespace {

using Json = nlohmann::ordered_json;
using core::rehearsal::Finding;
using core::rehearsal::Proof;
using core::rehearsal::ProofState;
using core::rehearsal::StepVerification;
using core::schema::Difference;

std::string_view state_word(ProofState state) {
  switch (state) {
    case ProofState::proven:
      return "proven";
    case ProofState::failed:
      return "failed";
    case ProofState::not_applicable:
      return "not_applicable";
    case ProofState::not_tried:
      break;
  }
  return "not_tried";
}

std::string_view kind_word(Difference::Kind kind) {
  switch (kind) {
    case Difference::Kind::missing:
      return "missing";
    case Difference::Kind::unexpected:
      return "unexpected";
    case Difference::Kind::changed:
      break;
  }
  return "changed";
}

/// "up_again"
std::string key(Proof proof) {
  std::string key(core::rehearsal::word(proof));
  for (char& c : key) {
    if (c == ' ') c = '_';
  }
  return key;
}

Json finding_json(const Finding& finding) {
  Json out{{"proof", key(finding.proof)}, {"message", finding.message}};
  const std::string text = finding.place ? finding.place->text : "";
  out["error"] = finding.error ? Json{{"code", finding.error->code},
                                      {"sqlstate", finding.error->sqlstate},
                                      {"message", without_passwords(*finding.error, text)}}
                               : Json();
  out["differences"] = Json::array();
  for (const Difference& difference : finding.differences) {
    out["differences"].push_back({{"object", core::schema::words_for(difference.object)},
                                  {"kind", kind_word(difference.kind)},
                                  {"words", difference.words}});
  }
  out["rows"] = finding.rows;
  out["causes"] = finding.causes;
  out["statement"] = finding.place ? Json{{"path", finding.place->path},
                                          {"line", finding.place->position.line},
                                          {"column", finding.place->position.column},
                                          {"statement", finding.place->statement},
                                          {"text", without_passwords(text)}}
                                   : Json();
  return out;
}

Json step_json(const StepVerification& step) {
  Json out{{"step", core::display_name(step.step.id, step.step.name)},
           {"step_kind", word(step.step.id.kind)},
           {"key", step.step.id.key},
           {"name", step.step.name},
           {"checksum", {{"rule", step.step.up.checksum.rule}, {"hex", step.step.up.checksum.hex}}},
           {"passed", step.passed()}};
  out["proofs"] = Json::object();
  for (const Proof proof : core::rehearsal::all_proofs())
    out["proofs"][key(proof)] = state_word(step.state(proof));
  out["findings"] = Json::array();
  for (const Finding& finding : step.findings) out["findings"].push_back(finding_json(finding));
  out["notes"] = step.notes;
  out["duration_us"] = step.duration_us;
  return out;
}

}  // namespace

Json verification_json(const core::rehearsal::Verification& verification) {
  Json out;
  out["server"] = {{"family", word(verification.server.family)},
                   {"version", verification.server.version}};
  out["where"] = verification.where;
  out["origin"] = verification.origin;
  out["rows"] = verification.rows;
  out["warnings"] = verification.warnings;
  out["duration_us"] = verification.duration_us;
  out["steps"] = Json::array();
  for (const StepVerification& step : verification.steps) out["steps"].push_back(step_json(step));
  out["attestation"] = verification.attestation.empty() ? Json() : Json(verification.attestation);
  out["recorded_in"] = verification.recorded_in;
  return out;
}

}  // namespace migrate::output
