#include "record.h"

#include <fmt/format.h>

namespace migrate::app {

using End = core::PacketOutcome::End;

void record(port::Session& session, const std::vector<core::JournalWrite>& writes) {
  record_parts(session, {writes});
}

void record_parts(port::Session& session,
                  const std::vector<std::vector<core::JournalWrite>>& parts) {
  for (std::size_t part = 0; part < parts.size(); ++part) {
    core::Packet packet;
    if (part == 0) packet.emplace_back(core::BeginTransaction{});
    packet.insert(packet.end(), parts[part].begin(), parts[part].end());
    if (part + 1 == parts.size()) packet.emplace_back(core::CommitTransaction{});
    const core::PacketOutcome outcome = session.run(packet, [](const core::ItemResult&) {});
    if (outcome.end == End::complete) continue;
    // What comes next in this session must not commit the parts that were written.
    if (outcome.end == End::failed)
      session.run({core::RollbackTransaction{}}, [](const core::ItemResult&) {});
    throw history_unwritten(outcome);
  }
}

core::Fault history_unwritten(const core::PacketOutcome& outcome) {
  const bool lost = outcome.end == End::lost;
  return {
      lost ? core::ExitCode::unavailable : core::ExitCode::statement_failed,
      fmt::format("the history cannot be written: error {} ({}): {}", outcome.error.code,
                  outcome.error.sqlstate, outcome.error.message),
      "give the server room on its disk, or this account its grants on the migrate_ tables, and "
      "run the same command again: it finds out how far this one came, and goes on there"};
}

}  // namespace migrate::app
