#pragma once

#include "core/guard/grants.h"

namespace migrate::port {

/// What a server says of its accounts. Only reads. Throws Fault(unavailable) when the server is
/// lost.
class Accounts {
 public:
  virtual ~Accounts() = default;

  /// Of the account that this connection has, with the roles that are on.
  virtual core::guard::Holding own() = 0;
  /// Of any other, with the roles that are on when it logs in. One that this account may not look
  /// at is unseen.
  virtual core::guard::Holding of(const core::guard::Account& account) = 0;
  virtual core::guard::ProgramCreators creators() = 0;
};

}  // namespace migrate::port
