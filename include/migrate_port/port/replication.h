#pragma once

#include <vector>

#include "core/guard/replicas.h"

namespace migrate::port {

/// A server's place among others. Only reads.
class Replication {
 public:
  virtual ~Replication() = default;

  /// Asks the server itself, and each of `hosts` how far behind it is. What the account may not
  /// see is unseen, and a host that cannot be reached is no failure. Throws Fault(unavailable) when
  /// the server itself is lost.
  virtual core::guard::ReplicaFacts look(const std::vector<core::guard::HostPort>& hosts) = 0;
};

}  // namespace migrate::port
