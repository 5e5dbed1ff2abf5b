#pragma once

#include <string>
#include <vector>

#include "app/guard/guard.h"
#include "core/guard/approval.h"

namespace migrate::app {

/// `require: approval`: what runs is a plan that was frozen, and approved by somebody else.
class ApprovalGuard : public Guard {
 public:
  /// `approvers`: entries of migrate.yaml; none: anybody else.
  explicit ApprovalGuard(std::vector<std::string> approvers) : approvers_(std::move(approvers)) {}

  core::guard::Verdict ask(const GuardedRun& run) const override;

 private:
  std::vector<std::string> approvers_;
};

/// The approvals of a plan that the history holds, oldest first.
std::vector<core::guard::Approval> approvals_of(const std::string& plan, port::Session& session);

}  // namespace migrate::app
