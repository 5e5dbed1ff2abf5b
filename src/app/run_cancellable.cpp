#include "run_cancellable.h"

namespace migrate::app {

core::PacketOutcome run_cancellable(port::Session& session, port::Cancellation& cancellation,
                                    const core::Packet& packet,
                                    const std::function<void(const core::ItemResult&)>& on_result) {
  cancellation.watch(session.info().connection_id);
  core::PacketOutcome outcome = session.run(packet, on_result);
  cancellation.watch(0);
  // Servers keep a KILL QUERY for an idle connection until its next statement. After a signal the
  // run ends, so this ROLLBACK takes nothing away that would have stayed.
  if (cancellation.requested()) {
    session.run({core::RollbackTransaction{}}, [](const core::ItemResult&) {});
  }
  return outcome;
}

}  // namespace migrate::app
