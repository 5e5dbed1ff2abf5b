#pragma once

#include <memory>
#include <utility>

#include "app/guard/guard.h"
#include "core/guard/replicas.h"
#include "port/replication.h"

namespace migrate::app {

/// `require: replicas`: the server takes writes, whoever follows it keeps up, no transaction is
/// open for long, and a copy of the largest table of the run has room.
class ReplicasGuard : public Guard {
 public:
  ReplicasGuard(std::unique_ptr<port::Replication> replication, core::guard::ReplicasPolicy policy)
      : replication_(std::move(replication)), policy_(std::move(policy)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  std::unique_ptr<port::Replication> replication_;
  core::guard::ReplicasPolicy policy_;
};

}  // namespace migrate::app
