#pragma once

#include <vector>

#include "core/fault.h"
#include "core/journal_write.h"
#include "core/packet.h"
#include "port/session.h"

namespace migrate::app {

/// Writes to the history in a transaction of its own. Throws Fault: unavailable when the connection
/// is lost, statement_failed when the server refuses; then nothing of it is written.
void record(port::Session& session, const std::vector<core::JournalWrite>& writes);

/// The same in several packets: what they hold is there whole or not at all.
void record_parts(port::Session& session,
                  const std::vector<std::vector<core::JournalWrite>>& parts);

/// What such a packet that did not get through is, for people.
core::Fault history_unwritten(const core::PacketOutcome& outcome);

}  // namespace migrate::app
