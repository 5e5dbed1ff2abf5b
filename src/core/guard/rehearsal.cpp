#include "core/guard/rehearsal.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/guard/name.h"
#include "core/rehearsal/verification.h"

namespace migrate::core::guard {
namespace {

bool proves(const rehearsal::Attestation& attestation, rehearsal::Proof proof) {
  return std::ranges::find(attestation.proven, rehearsal::word(proof)) != attestation.proven.end();
}

Verdict refused() {
  return {.guard = std::string(name_of(Name::rehearsal)), .outcome = Verdict::Outcome::refused};
}

}  // namespace

Verdict rehearsal_verdict(const std::vector<RehearsedStep>& steps, DownProof down,
                          std::string_view server, std::string_view environment) {
  std::vector<std::string> without;
  std::vector<std::string> one_way;
  for (const RehearsedStep& step : steps) {
    if (!step.attestation) {
      without.push_back(step.name);
    } else if ((down == DownProof::needed || step.direction == Direction::down) &&
               !proves(*step.attestation, rehearsal::Proof::down)) {
      one_way.push_back(step.name);
    }
  }
  Verdict verdict = refused();
  if (!without.empty()) {
    verdict.saw =
        fmt::format("not rehearsed with these files on {}: {}", server, fmt::join(without, ", "));
  }
  if (!one_way.empty()) {
    verdict.saw += fmt::format("{}rehearsed, but not the way back: {}", without.empty() ? "" : "; ",
                               fmt::join(one_way, ", "));
  }
  if (verdict.saw.empty()) {
    verdict.outcome = Verdict::Outcome::passed;
    return verdict;
  }
  verdict.way_out =
      fmt::format("rehearse, and record it there: migrate verify --record {}", environment);
  return verdict;
}

Verdict not_rehearsed(std::string_view command) {
  Verdict verdict = refused();
  verdict.saw = "only steps that were rehearsed may run here";
  verdict.way_out =
      fmt::format("take it upon you, for the log: migrate {} --override {}=\"REASON\"", command,
                  name_of(Name::rehearsal));
  return verdict;
}

}  // namespace migrate::core::guard
