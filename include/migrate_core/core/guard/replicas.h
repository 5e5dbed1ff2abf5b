#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/blocker.h"
#include "core/guard/verdict.h"

namespace migrate::core::guard {

/// Where a server listens.
struct HostPort {
  std::string host;
  std::uint16_t port = 3306;

  friend bool operator==(const HostPort&, const HostPort&) = default;
};

/// Of "db2.example:3306", "10.0.0.7", "[::1]:3307". Nothing: it is none.
std::optional<HostPort> parse_host_port(std::string_view text);
std::string shown(const HostPort& address);

/// One source that a server follows.
struct Following {
  std::string source;  ///< "10.0.0.1:3306"
  bool receives = false;
  bool applies = false;
  std::optional<std::chrono::seconds> lag;  ///< nothing: the server does not know it
};

/// A replica that migrate.yaml names.
struct Replica {
  HostPort address;
  std::vector<Following> follows;
  std::string why_unseen;  ///< it cannot be reached or asked, in its words; empty: it was
};

/// Of group replication.
struct Member {
  std::string address;
  std::string state;  ///< ONLINE, RECOVERING, …
};

/// What a Galera node says of itself; empty texts: it did not say.
struct GaleraNode {
  std::string cluster_status;  ///< Primary: it is in the part that may write
  std::string ready;           ///< ON
  std::string state;           ///< Synced, Donor/Desynced, …
};

/// Where the server keeps its data.
struct Disk {
  std::string folder;
  std::uint64_t free = 0;  ///< bytes that the server may still write
};

/// A table that a run may write anew.
struct Copy {
  std::string where;  ///< the statement's: "migrations/2_widen.up.sql:3"
  std::string table;
  std::uint64_t bytes = 0;  ///< with its indexes
};

/// Something that could not be found out.
struct Unseen {
  std::string what;  ///< "what this server follows"
  std::string why;   ///< in the server's words
};

/// What a server says of its place among others, and of what would be in the way of a run.
struct ReplicaFacts {
  bool read_only = false;  ///< super_read_only too
  std::vector<Following> follows;
  std::optional<std::uint64_t> followers;  ///< that are connected; nothing: unseen
  std::vector<Replica> replicas;           ///< one a host that was to be asked
  std::vector<Member> members;             ///< none: no group replication
  std::optional<GaleraNode> galera;
  std::vector<Blocker> transactions;  ///< all that are open, oldest first
  std::optional<Disk> disk;           ///< nothing: not known from here
  std::vector<Unseen> unseen;
};

/// What may run on a server that follows another.
enum class OnReplica { refuse, allow };

struct ReplicasPolicy {
  std::chrono::seconds max_lag{10};
  std::vector<HostPort> hosts;  ///< replicas whose lag is asked for
  OnReplica on_replica = OnReplica::refuse;
  std::chrono::seconds long_transaction{60};
};

/// Refused where the server takes no writes or follows another (unless that is allowed), a replica
/// lags, stands still or cannot be asked, a member is not online, a transaction is open for too
/// long, or the disk is too full for `copy`, the largest table that the run may write anew (null:
/// there is none). What the account may not see is a warning; free disk that nobody knows is told.
Verdict replicas_verdict(const ReplicaFacts& facts, const ReplicasPolicy& policy, const Copy* copy);

}  // namespace migrate::core::guard
