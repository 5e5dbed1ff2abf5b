#pragma once

#include <cstdint>
#include <vector>

#include "connection.h"
#include "core/blocker.h"
#include "core/object_name.h"
#include "core/server_info.h"

namespace migrate::mysql {

/// Whoever has a transaction open, whatever it has locked, but for one connection (0: none) and the
/// one that asks; oldest first. Throws ServerRefused where this account may not see that.
std::vector<core::Blocker> read_open_transactions(Connection& connection, std::uint64_t but_for);

/// Everybody who has a lock on one of the tables, or on what the waiter (0: none) waits for at this
/// moment, or keeps the whole server from being written to; oldest first. Locks are told by MySQL's
/// performance_schema.metadata_locks, and on MariaDB by the plugin METADATA_LOCK_INFO
/// (https://mariadb.com/kb/en/metadata-lock-info-plugin/), which is off by default. Throws
/// ServerRefused where the server does not tell, or not this account.
std::vector<core::Blocker> read_lock_holders(Connection& connection, const core::ServerInfo& server,
                                             std::uint64_t waiter,
                                             const std::vector<core::ObjectName>& tables);

/// port::Session::blockers(), over a connection to that server: who holds a lock, else whoever has
/// a transaction open. What this account may not see is nothing.
std::vector<core::Blocker> read_blockers(Connection& connection, const core::ServerInfo& server,
                                         std::uint64_t waiter,
                                         const std::vector<core::ObjectName>& tables);

}  // namespace migrate::mysql
