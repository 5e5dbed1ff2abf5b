#pragma once

#include <set>
#include <string>
#include <string_view>

namespace migrate::core {

/// The user variables that a statement mentions, without their @, in lower case
/// (https://dev.mysql.com/doc/refman/8.4/en/user-variables.html).
struct UserVariables {
  std::set<std::string> read;
  std::set<std::string> assigned;  ///< by SET, :=, INTO, CALL, LOAD DATA, GET DIAGNOSTICS
  bool nothing_else = false;       ///< a SET of nothing but user variables
};

/// Read with the default sql_mode. What follows any @ counts, the host of an account too. Left out
/// are names that are empty, longer than 64 bytes or not ASCII: another character set might read
/// them otherwise.
UserVariables user_variables(std::string_view statement);

}  // namespace migrate::core
