#pragma once

#include "app/guard/guard.h"
#include "core/guard/destructive.h"

namespace migrate::app {

/// `require: destructive`: what takes something away for good is meant, and said to be, in its file
/// and for this run. The files are looked at by the rules of lint, which know the server's tables.
class DestructiveGuard : public Guard {
 public:
  explicit DestructiveGuard(core::guard::DestructionPolicy policy) : policy_(std::move(policy)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  core::guard::DestructionPolicy policy_;
};

}  // namespace migrate::app
