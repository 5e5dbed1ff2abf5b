#pragma once

#include <cstdint>

#include "outcome.h"
#include "support/real_server.h"

namespace migrate::load {

struct TokenLoad {
  std::uint64_t presentations = 20000;
  unsigned clients = 8;
  unsigned families = 2000;
  unsigned expired = 5000;  ///< tokens that are to be purged meanwhile
  std::uint64_t seed = 1;
};

/// Clients that rotate their tokens at `ddl/refresh_tokens.sql` with the statements of
/// runbooks/operating-refresh-tokens.md, thieves that present old ones or race for the newest one,
/// and a purge. Complains where a token has two successors, an old one is taken, a successor slips
/// past the revocation of its family, a family is revoked of which nothing came back, a rotation is
/// not in the table, or the purge takes another row than the expired ones.
void drive_tokens(testing::RealServer& server, const TokenLoad& load, Outcome& outcome);

}  // namespace migrate::load
