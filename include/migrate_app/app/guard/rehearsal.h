#pragma once

#include <string>

#include "app/guard/guard.h"
#include "core/guard/rehearsal.h"

namespace migrate::app {

/// `require: rehearsal`: the history has the word of `verify --record` for exactly the files that
/// run, on a server of this family and series.
class RehearsalGuard : public Guard {
 public:
  RehearsalGuard(core::guard::DownProof down, std::string environment)
      : down_(down), environment_(std::move(environment)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  core::guard::DownProof down_;
  std::string environment_;
};

}  // namespace migrate::app
