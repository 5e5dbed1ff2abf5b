#include "lost_connection.h"

#include <algorithm>

namespace migrate::app {

OwnConnections::OwnConnections(LockedSessions& sessions)
    : control_(sessions.control().info().connection_id),
      work_(sessions.work().info().connection_id) {}

void OwnConnections::end(port::Server& server) const {
  const auto session = server.connect();
  // A server that was started again counts from 1 again, and gives these numbers to others.
  if (session->info().connection_id < std::max(control_, work_)) return;
  const auto holder = LockedSessions::other_run(*session);
  if (!holder || (holder->connection_id != control_ && holder->connection_id != work_)) return;
  for (const std::uint64_t id : {work_, control_}) {
    const auto activity = session->activity(id);
    if (activity && activity->idle) session->kill_connection(id);
  }
}

bool Losses::worth_trying(const core::Plan& plan, const Runner& runner) {
  const std::uint64_t statement = runner.lost() ? runner.lost()->index : 0;
  const std::size_t left = plan.steps.size() - runner.steps_done();
  in_a_row_ = left == steps_left_ && statement == statement_ ? in_a_row_ + 1 : 1;
  steps_left_ = left;
  statement_ = statement;
  constexpr int most = 3;
  return in_a_row_ < most;
}

}  // namespace migrate::app
