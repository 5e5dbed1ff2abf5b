#include "app/rehearsal/attestations.h"

#include <algorithm>

#include "../record.h"

namespace migrate::app {
namespace {

/// Of this step, with exactly these files.
bool is_of(const core::rehearsal::Attestation& attestation, const core::Step& step) {
  const std::optional<core::Checksum> down =
      step.down ? std::optional(step.down->checksum) : std::nullopt;
  return attestation.id == step.id && attestation.up == step.up.checksum &&
         attestation.down == down;
}

}  // namespace

void record_attestations(port::Session& session,
                         const std::vector<core::rehearsal::Attestation>& attestations) {
  if (attestations.empty()) return;
  session.history().prepare();
  std::vector<core::JournalWrite> writes;
  writes.reserve(attestations.size());
  for (const core::rehearsal::Attestation& attestation : attestations)
    writes.emplace_back(core::journal::Attested{attestation});
  record(session, writes);
}

std::vector<std::optional<core::rehearsal::Attestation>> find_attestations(
    port::HistoryStore& history, const std::vector<core::Step>& steps, core::ServerFamily family,
    std::string_view version) {
  std::vector<core::StepId> ids;
  ids.reserve(steps.size());
  for (const core::Step& step : steps) ids.push_back(step.id);
  std::vector<core::rehearsal::Attestation> known = history.attestations(ids);
  std::erase_if(known, [&, series = core::rehearsal::server_series(version)](const auto& one) {
    return one.family != family || core::rehearsal::server_series(one.version) != series;
  });
  std::vector<std::optional<core::rehearsal::Attestation>> found;
  found.reserve(steps.size());
  for (const core::Step& step : steps) {
    const auto newest = std::ranges::find_if(
        known, [&](const core::rehearsal::Attestation& one) { return is_of(one, step); });
    found.push_back(newest == known.end() ? std::nullopt : std::optional(*newest));
  }
  return found;
}

}  // namespace migrate::app
