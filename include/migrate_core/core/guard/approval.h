#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/guard/verdict.h"

namespace migrate::core::guard {

/// Somebody's word, in the log, that a plan may run.
struct Approval {
  std::string plan;     ///< its hash
  std::string account;  ///< CURRENT_USER() of the connection that wrote it
  std::string client;   ///< user@host that typed it
  std::string at;       ///< UTC
  std::string comment;
};

/// The event of the log's rows that hold one; the row's message is "HASH COMMENT".
inline constexpr const char* approved_event = "plan approved";

/// Whether an entry of `approvers:` means this account, which the server gives as user@host. The
/// entry is "ana@10.%", with or without quotes, compared as it is written; "ana" alone means every
/// account of that user.
bool is_account(std::string_view entry, std::string_view account);

/// Accounts of one user count as one person, whatever their hosts.
bool same_user(std::string_view account, std::string_view other);

/// Whether this plan may run as `account`: somebody else approved it who may. `plan` is the hash of
/// the frozen plan that runs; nothing: the run was planned a moment ago and nobody saw it. An empty
/// list of approvers means everybody else. `command` is what is to run: only `up` runs plans.
Verdict approval_verdict(std::string_view command, const std::optional<std::string>& plan,
                         const std::vector<Approval>& approvals, const std::string& account,
                         const std::vector<std::string>& approvers);

}  // namespace migrate::core::guard
