#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/blocker.h"
#include "core/object_name.h"
#include "core/packet.h"
#include "core/server_info.h"
#include "core/session_values.h"
#include "port/binary_log.h"
#include "port/history_store.h"
#include "port/schema.h"

namespace migrate::port {

enum class LocalInfile { refused, allowed };

/// One connection to one server, with the session settings that `migrate` fixes. Not thread-safe.
/// Destroying it closes the connection; the server then rolls back an open transaction and releases
/// the locks.
class Session {
 public:
  virtual ~Session() = default;

  virtual const core::ServerInfo& info() const = 0;

  /// Sends the packet and calls `on_result` for each item as its result arrives; results with rows
  /// are read and thrown away. Never throws for what the server says or for a lost connection: both
  /// are outcomes.
  virtual core::PacketOutcome run(
      const core::Packet& packet,
      const std::function<void(const core::ItemResult&)>& on_result) = 0;

  /// Bytes of statement text that a packet may hold.
  virtual std::uint64_t packet_limit() const = 0;

  /// Makes the session as it was right after connecting: no variables, temporary tables, prepared
  /// statements, table locks or open transaction; named locks are released. Throws
  /// Fault(unavailable) when the connection is lost.
  virtual void reset() = 0;

  /// What LOAD DATA LOCAL INFILE may do from now on.
  virtual void set_local_infile(LocalInfile allowed) = 0;

  /// Tries to take the server-wide named lock of this connection, waiting up to `timeout`. True:
  /// held until reset(), or the connection ends.
  virtual bool lock(const std::string& name, std::chrono::seconds timeout) = 0;
  /// Of the first of these locks that anybody holds; nothing, and one round trip, when none is
  /// held.
  virtual std::optional<core::LockHolder> lock_holder(const std::vector<std::string>& names) = 0;

  /// Cancels the statement that another connection of the same account is running; the connection
  /// stays.
  virtual void kill_query(std::uint64_t connection_id) = 0;

  /// Ends another connection of the same account and what it is running; does nothing when it is
  /// gone already.
  virtual void kill_connection(std::uint64_t connection_id) = 0;

  /// Who is in the way of a statement of the connection `waiter` that needs these tables; the two
  /// connections themselves left out. Who holds their locks, where the server tells that; else, and
  /// where no table is named, whoever has a transaction open. Never throws for what this account
  /// may not see: then there are fewer. Oldest first.
  virtual std::vector<core::Blocker> blockers(std::uint64_t waiter,
                                              const std::vector<core::ObjectName>& tables) = 0;

  /// What another connection is doing; nothing when there is no such connection.
  virtual std::optional<core::Activity> activity(std::uint64_t connection_id) = 0;

  /// The text of a user variable (`name` without @); nothing when it is NULL.
  virtual std::optional<std::string> user_variable(const std::string& name) = 0;

  /// Whether the server was started anew behind `at` (UTC, as the history has it), or within the
  /// second before it.
  virtual bool restarted_since(const std::string& at) = 0;

  /// Gives the session the values that another one held. Throws Fault(statement_failed) when the
  /// server refuses one, without its text, and Fault(unavailable) when the connection is lost.
  virtual void restore(const core::SessionValues& values) = 0;

  virtual HistoryStore& history() = 0;
  virtual Schema& schema() = 0;
  virtual BinaryLog& binary_log() = 0;
};

/// Where sessions come from.
class Server {
 public:
  virtual ~Server() = default;
  /// Throws Fault(unavailable) when it cannot connect. May be called from any thread.
  virtual std::unique_ptr<Session> connect() = 0;
};

}  // namespace migrate::port
