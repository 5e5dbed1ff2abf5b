#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/journal_write.h"
#include "core/statement.h"
#include "core/table_locks.h"

namespace migrate::core {

/// Commits what is open and begins. Where table locks are held they stay: START TRANSACTION would
/// release them, switching autocommit off does not
/// (https://dev.mysql.com/doc/refman/8.4/en/lock-tables.html).
struct BeginTransaction {
  TableLocks locks = TableLocks::none;
};
/// Where table locks are held, autocommit is again what it was before BeginTransaction.
struct CommitTransaction {
  TableLocks locks = TableLocks::none;
};
struct RollbackTransaction {};

using PacketItem =
    std::variant<Statement, JournalWrite, BeginTransaction, CommitTransaction, RollbackTransaction>;

/// What is sent to the server in one go. A statement that travels alone is the only item of its
/// packet.
using Packet = std::vector<PacketItem>;

/// The server's own words.
struct ServerError {
  unsigned code = 0;
  std::string sqlstate;
  std::string message;
};

/// What the server said of one item.
struct ItemResult {
  std::size_t item = 0;  ///< index in the packet
  std::optional<ServerError> error;
  std::uint64_t affected_rows = 0;
  std::uint64_t warnings = 0;
  bool in_transaction = false;    ///< SERVER_STATUS_IN_TRANS after it
  bool session_changed = false;   ///< the server's session tracker reported a change
  std::uint64_t duration_us = 0;  ///< since the result before it, or since the packet was sent
};

/// How a packet ended.
struct PacketOutcome {
  enum class End {
    complete,  ///< every item succeeded
    failed,    ///< the server refused `failed_item`; nothing behind it ran
    lost,      ///< the connection broke: `failed_item` was in flight, its outcome is unknown
  };
  End end = End::complete;
  std::size_t failed_item = 0;
  ServerError error;
};

}  // namespace migrate::core
