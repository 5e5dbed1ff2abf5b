#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/rehearsal/attestation.h"
#include "core/server_info.h"
#include "core/step.h"
#include "port/history_store.h"
#include "port/session.h"

namespace migrate::app {

/// Writes them to the history of the session's schema, a row of the log each. Creates the history's
/// tables where there are none. Throws Fault as every write to the history does.
void record_attestations(port::Session& session,
                         const std::vector<core::rehearsal::Attestation>& attestations);

/// Of each of these steps, in their order: the newest word in the history that exactly these files
/// were rehearsed on a server of that family and series ("10.11", "9.7"). Nothing where the files
/// have changed since, or it was another server. One round trip.
std::vector<std::optional<core::rehearsal::Attestation>> find_attestations(
    port::HistoryStore& history, const std::vector<core::Step>& steps, core::ServerFamily family,
    std::string_view version);

}  // namespace migrate::app
