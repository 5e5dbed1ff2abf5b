#pragma once

#include <set>
#include <string>
#include <vector>

#include "adapter/config/origin.h"
#include "core/guard/name.h"
#include "core/guard/rehearsal.h"

namespace migrate::config {

/// What an environment asks before anything runs in it; values that are not there are empty.
struct GuardSection {
  Sourced<std::set<core::guard::Name>> require;
  Sourced<std::vector<std::string>> approvers;          ///< accounts; none: anybody but who runs
  Sourced<std::vector<std::string>> protected_objects;  ///< patterns
  Sourced<core::guard::DownProof> prove_down;
  /// That need privileges.
  Sourced<std::vector<std::string>> accounts{{"'db_admin'@'localhost'", "'db_admin'@'%'"}, {}};
};

}  // namespace migrate::config
