#include "record.h"

#include <fmt/format.h>

#include "core/fault.h"
#include "core/packet.h"

namespace migrate::app {
void record(port::Session& session, const std::vector<core::JournalWrite>& writes) {
  core::Packet packet{core::BeginTransaction{}};
  packet.insert(packet.end(), writes.begin(), writes.end());
  packet.emplace_back(core::CommitTransaction{});
  const core::PacketOutcome outcome = session.run(packet, [](const core::ItemResult&) {});
  if (outcome.end == core::PacketOutcome::End::complete) return;
  const bool lost = outcome.end == core::PacketOutcome::End::lost;
  throw core::Fault(lost ? core::ExitCode::unavailable : core::ExitCode::statement_failed,
                    fmt::format("the history cannot be written: error {} ({}): {}",
                                outcome.error.code, outcome.error.sqlstate, outcome.error.message),
                    "check the grants of this account on the migrate_ tables and the server's disk "
                    "space, then run: migrate "
                    "status");
}

}  // namespace migrate::app
