#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/guard/account.h"
#include "core/guard/verdict.h"
#include "core/step.h"

namespace migrate::core::guard {

/// What an account holds once it has logged in, its roles included.
struct Holding {
  Account account;
  enum class Presence { there, absent, unseen };
  Presence presence = Presence::there;
  std::vector<std::string> grants;  ///< lines of SHOW GRANTS, of its roles too
  std::string why_unseen;           ///< the server's words
};

/// Who may create functions and triggers, beyond what privileges on their schema say:
/// https://dev.mysql.com/doc/refman/9.7/en/stored-programs-logging.html
enum class ProgramCreators {
  anybody,
  super_only,  ///< the binary log is on, and log_bin_trust_function_creators off
};

/// The privileges that a run needs, by schema.
using Needs = std::map<std::string, std::set<std::string>>;

/// What the history, the settling of statements and the files ask for, as far as the texts name
/// objects: not what EXECUTE and CALL do. `scripts` run in the schema `own`.
Needs needs_of(const std::string& own, const std::vector<const Script*>& scripts);

/// GRANT statements for what `holding` lacks; none: nothing. A privilege on single tables does not
/// count.
std::vector<std::string> missing_grants(const Needs& needs, const Holding& holding);

/// Functions and triggers that the files create, in words: "trigger orders_in".
std::vector<std::string> logged_programs(const std::vector<const Script*>& scripts);

/// What of these lines is more than a run should have: "SUPER", "GRANT OPTION", "ALL ON *.*".
std::vector<std::string> excess(const std::vector<std::string>& grants);

/// Refused where one of the accounts is not there, lacks something or cannot be looked at, and
/// where `runs_as` may not create `for_super`, the programs that only SUPER may create there;
/// warned where it has more than it should.
Verdict grants_verdict(const std::vector<Holding>& accounts, const Holding& runs_as,
                       const Needs& needs, const std::vector<std::string>& for_super);

}  // namespace migrate::core::guard
