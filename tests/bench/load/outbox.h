#pragma once

#include <cstdint>

#include "outcome.h"
#include "support/real_server.h"

namespace migrate::load {

struct OutboxLoad {
  std::uint64_t messages = 20000;
  unsigned writers = 4;
  unsigned workers = 8;
  unsigned aggregates = 1000;
  std::uint64_t seed = 1;
};

/// Writers and workers at `ddl/outbox.sql` with the statements of the outbox's two runbooks:
/// some transactions are rolled back, some messages are refused once, some always; workers die, and
/// some come back too late. Then what was given up is requeued and delivered. Complains where a
/// message is lost, delivered although it was rolled back, or out of order within its aggregate,
/// where a dead letter or a claim is not accounted for, or one was delivered more often than
/// workers failed to say so.
void drive_outbox(testing::RealServer& server, const OutboxLoad& load, Outcome& outcome);

}  // namespace migrate::load
