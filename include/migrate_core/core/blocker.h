#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace migrate::core {

/// A connection in the way of a statement that waits for a lock, or would have to, as far as this
/// account may see.
struct Blocker {
  enum class Certainty {
    perhaps,  ///< it has a transaction open; the server does not tell what it has locked
    certain,  ///< it holds a lock on a table that the statement names
  };
  /// What must not be ended for anybody's sake.
  enum class Kind { client, migrate, replication, super };

  std::uint64_t connection_id = 0;
  std::string user;
  std::string host;         ///< of the client, without its port; empty: not known
  bool idle = false;        ///< between statements: its transaction is open
  std::uint64_t age_s = 0;  ///< of its transaction; of what it is doing when that is not known
  std::string statement;    ///< what it runs, or ran last; empty: not visible
  std::string tables;       ///< "orders, teas": on which it holds a lock; empty: not known
  std::string lock;         ///< the server's name of that lock, "SHARED_READ"; empty: not known
  Certainty certainty = Certainty::perhaps;
  Kind kind = Kind::client;

  friend bool operator==(const Blocker&, const Blocker&) = default;
};

/// "connection 42 (app@10.0.0.7), for 312 s, idle in a transaction, last: UPDATE …". The statement
/// is shortened; one that may hold a password is not shown.
std::string words_of(const Blocker& blocker);

/// What it holds: "a metadata lock (SHARED_READ)", "an open transaction".
std::string held_by(const Blocker& blocker);

/// Whether an account of a pattern "user@host" is meant: the user exactly, the host as the server
/// matches it, with % and _ (https://dev.mysql.com/doc/refman/8.4/en/account-names.html).
bool is_account(const Blocker& blocker, std::string_view pattern);

/// Whether it may be ended: it is in the way for certain, a plain client, and one of `accounts`.
bool may_be_ended(const Blocker& blocker, const std::vector<std::string>& accounts);

}  // namespace migrate::core
