#pragma once

#include <atomic>
#include <cstdint>

#include "support/raw_connection.h"

namespace migrate::load {

/// Runs a transaction, and again when it lost against another one: a deadlock or the end of a wait
/// for a lock, which every program has to bear. `lost` counts.
template <class Transaction>
auto retried(testing::RawConnection& connection, std::atomic<std::uint64_t>& lost,
             const Transaction& transaction) {
  constexpr unsigned lock_wait_timeout = 1205;
  constexpr unsigned deadlock = 1213;
  for (;;) {
    try {
      return transaction();
    } catch (const testing::QueryFailed& failed) {
      if (failed.code() != lock_wait_timeout && failed.code() != deadlock) throw;
      connection.query("ROLLBACK");
      ++lost;
    }
  }
}

}  // namespace migrate::load
