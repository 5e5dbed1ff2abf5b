#include "record.h"

#include <fmt/format.h>

#include "core/fault.h"
#include "core/packet.h"

namespace migrate::app {
namespace {

// ER_QUERY_INTERRUPTED of both families.
constexpr unsigned er_query_interrupted = 1317;
constexpr int most_attempts = 5;

}  // namespace

void record(port::Session& session, const std::vector<core::JournalWrite>& writes) {
  core::Packet packet{core::BeginTransaction{}};
  packet.insert(packet.end(), writes.begin(), writes.end());
  packet.emplace_back(core::CommitTransaction{});
  const auto run = [&] { return session.run(packet, [](const core::ItemResult&) {}); };

  core::PacketOutcome outcome = run();
  for (int attempt = 1;
       attempt < most_attempts && outcome.end == core::PacketOutcome::End::failed &&
       outcome.error.code == er_query_interrupted;
       ++attempt) {
    session.run({core::RollbackTransaction{}}, [](const core::ItemResult&) {});
    outcome = run();
  }
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
