#include "app/guard/approval.h"

namespace migrate::app {

std::vector<core::guard::Approval> approvals_of(const std::string& plan, port::Session& session) {
  std::vector<core::guard::Approval> approvals;
  for (const core::LogRow& row : session.history().log_of_plan(plan)) {
    if (row.event != core::guard::approved_event) continue;
    std::string comment = row.message.substr(plan.size());
    if (comment.starts_with(' ')) comment.erase(0, 1);
    approvals.push_back({.plan = plan,
                         .account = row.account,
                         .client = row.client,
                         .at = row.at,
                         .comment = std::move(comment)});
  }
  return approvals;
}

core::guard::Verdict ApprovalGuard::ask(const GuardedRun& run) const {
  std::vector<core::guard::Approval> approvals;
  if (run.frozen) approvals = approvals_of(*run.frozen, run.session);
  return core::guard::approval_verdict(run.command, run.frozen, approvals,
                                       run.session.info().account, approvers_);
}

}  // namespace migrate::app
