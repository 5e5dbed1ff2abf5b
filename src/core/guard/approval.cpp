#include "core/guard/approval.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/frozen_plan.h"
#include "core/guard/account.h"
#include "core/guard/name.h"

namespace migrate::core::guard {

bool is_account(std::string_view entry, std::string_view account) {
  const Account wanted = account_of(entry, "");
  const Account its = account_of(account, "");
  return wanted.user == its.user && (wanted.host.empty() || wanted.host == its.host);
}

bool same_user(std::string_view account, std::string_view other) {
  return account_of(account).user == account_of(other).user;
}

Verdict approval_verdict(std::string_view command, const std::optional<std::string>& plan,
                         const std::vector<Approval>& approvals, const std::string& account,
                         const std::vector<std::string>& approvers) {
  Verdict verdict{.guard = std::string(name_of(Name::approval)),
                  .outcome = Verdict::Outcome::refused};
  if (!plan && command != "up") {
    verdict.saw = "only `up` with a plan that was frozen and approved may run here";
    verdict.way_out = fmt::format("take it upon you, for the log: migrate {} --override {}=REASON",
                                  command, name_of(Name::approval));
    return verdict;
  }
  if (!plan) {
    verdict.saw = "only a plan that was frozen and approved may run here";
    verdict.way_out =
        "freeze it with: migrate plan --out plan.json; have somebody else approve it with: migrate "
        "approve plan.json; then run: migrate up --plan plan.json";
    return verdict;
  }
  const std::string shown = plan->substr(0, shown_plan_digits);
  verdict.way_out = "have somebody else approve it with: migrate approve plan.json";
  const auto may = [&](const Approval& approval) {
    return approvers.empty() || std::ranges::any_of(approvers, [&](const std::string& entry) {
             return is_account(entry, approval.account);
           });
  };
  std::string others;
  for (const Approval& approval : approvals) {
    if (approval.plan != *plan) continue;
    if (!same_user(approval.account, account) && may(approval)) {
      verdict.outcome = Verdict::Outcome::passed;
      verdict.saw =
          fmt::format("plan {} was approved by {} at {}", shown, approval.account, approval.at);
      verdict.way_out.clear();
      return verdict;
    }
    others += fmt::format("{}{}", others.empty() ? "" : ", ", approval.account);
  }
  if (others.empty()) {
    verdict.saw = fmt::format("plan {} is a draft: nobody has approved it", shown);
  } else {
    verdict.saw =
        fmt::format("plan {} was approved only by {}, which does not count for a run as {}", shown,
                    others, account);
    if (!approvers.empty())
      verdict.way_out += fmt::format("; who may: {}", fmt::join(approvers, ", "));
  }
  return verdict;
}

}  // namespace migrate::core::guard
