#include "core/rehearsal/attestation.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/rehearsal/verification.h"

namespace migrate::core::rehearsal {
namespace {

/// https://www.rfc-editor.org/rfc/rfc8259#section-7
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string checksum_json(const Checksum& checksum) {
  return fmt::format(R"({{"rule": {}, "hex": {}}})", quoted(checksum.rule), quoted(checksum.hex));
}

std::string_view family_word(ServerFamily family) {
  return family == ServerFamily::mariadb ? "mariadb" : "mysql";
}

std::string body(const Attestation& attestation) {
  std::string proven;
  for (const std::string& proof : attestation.proven)
    proven += fmt::format("{}{}", proven.empty() ? "" : ", ", quoted(proof));
  return fmt::format(
      R"("up": {}, "down": {}, "family": {}, "version": {}, "origin": {}, "rows": {}, "proven": [{}])",
      checksum_json(attestation.up),
      attestation.down ? checksum_json(*attestation.down) : std::string("null"),
      quoted(family_word(attestation.family)), quoted(attestation.version),
      quoted(attestation.origin), quoted(attestation.rows), proven);
}

}  // namespace

std::vector<Attestation> attestations(const Verification& verification) {
  std::vector<Attestation> all;
  for (const StepVerification& step : verification.steps) {
    if (!step.passed()) continue;
    Attestation attestation{.id = step.step.id,
                            .name = step.step.name,
                            .up = step.step.up.checksum,
                            .family = verification.server.family,
                            .version = verification.server.version,
                            .origin = verification.origin,
                            .rows = verification.rows};
    if (step.step.down) attestation.down = step.step.down->checksum;
    for (const Proof proof : all_proofs()) {
      if (step.state(proof) == ProofState::proven) attestation.proven.emplace_back(word(proof));
    }
    all.push_back(std::move(attestation));
  }
  return all;
}

std::string attestation_json(const Attestation& attestation) {
  return fmt::format(R"({{"format": 1, {}}})", body(attestation));
}

std::string attestation_text(const Attestation& attestation) {
  return fmt::format("proven on {} {}: {}{}",
                     attestation.family == ServerFamily::mariadb ? "MariaDB" : "MySQL",
                     attestation.version, fmt::join(attestation.proven, ", "),
                     attestation.rows.empty() ? "" : ", with " + attestation.rows);
}

std::string attestation_file(const std::vector<Attestation>& attestations) {
  const Attestation head = attestations.empty() ? Attestation() : attestations.front();
  std::string steps;
  for (const Attestation& attestation : attestations) {
    steps += fmt::format(R"({}    {{"step": {}, "key": {}, {}}})", steps.empty() ? "" : ",\n",
                         quoted(display_name(attestation.id, attestation.name)),
                         quoted(attestation.id.key), body(attestation));
  }
  return fmt::format(R"({{
  "format": 1,
  "kind": "attestation",
  "at": {},
  "by": {},
  "tool_version": {},
  "steps": [
{}
  ]
}}
)",
                     quoted(head.at), quoted(head.by), quoted(head.tool_version), steps);
}

std::string server_series(std::string_view version) {
  const auto first = version.find('.');
  if (first == std::string_view::npos) return std::string(version);
  const auto second = version.find_first_not_of("0123456789", first + 1);
  return std::string(version.substr(0, second));
}

}  // namespace migrate::core::rehearsal
