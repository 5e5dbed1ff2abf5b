#include "app/rehearsal/attestations.h"

#include <utility>

#include "../record.h"

namespace migrate::app {

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

std::optional<core::rehearsal::Attestation> find_attestation(port::HistoryStore& history,
                                                             const core::Step& step,
                                                             core::ServerFamily family,
                                                             std::string_view version) {
  const std::string series = core::rehearsal::server_series(version);
  for (core::rehearsal::Attestation& attestation : history.attestations(step.id)) {
    const bool same_down = attestation.down.has_value() == step.down.has_value() &&
                           (!step.down || *attestation.down == step.down->checksum);
    const bool same_server = attestation.family == family &&
                             core::rehearsal::server_series(attestation.version) == series;
    if (attestation.up == step.up.checksum && same_down && same_server)
      return std::move(attestation);
  }
  return std::nullopt;
}

}  // namespace migrate::app
