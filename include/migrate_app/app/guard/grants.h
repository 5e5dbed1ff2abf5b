#pragma once

#include <memory>
#include <vector>

#include "app/guard/guard.h"
#include "core/guard/grants.h"
#include "port/accounts.h"

namespace migrate::app {

/// `require: grants`: these accounts, and the one that runs, hold what the run needs.
class GrantsGuard : public Guard {
 public:
  GrantsGuard(std::unique_ptr<port::Accounts> server, std::vector<core::guard::Account> accounts)
      : server_(std::move(server)), accounts_(std::move(accounts)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  std::unique_ptr<port::Accounts> server_;
  std::vector<core::guard::Account> accounts_;
};

}  // namespace migrate::app
