#pragma once

#include <set>
#include <string>
#include <vector>

#include "adapter/config/origin.h"
#include "core/guard/name.h"
#include "core/guard/rehearsal.h"
#include "core/guard/replicas.h"
#include "core/guard/window.h"

namespace migrate::config {

/// What an environment asks before anything runs in it; values that are not there are empty.
struct GuardSection {
  Sourced<std::set<core::guard::Name>> require;
  Sourced<std::vector<std::string>> approvers;          ///< accounts; none: anybody but who runs
  Sourced<std::vector<std::string>> protected_objects;  ///< patterns
  Sourced<core::guard::DownProof> prove_down;
  Sourced<std::vector<core::guard::Window>> windows;
  Sourced<std::string> time_zone{"UTC", {}};  ///< of the windows
  Sourced<core::guard::LargeTable> large_table;
  Sourced<core::guard::Outside> outside_windows{core::guard::Outside::allow, {}};
  Sourced<core::guard::ReplicasPolicy> replicas;
  /// That need privileges.
  Sourced<std::vector<std::string>> accounts{{"'db_admin'@'localhost'", "'db_admin'@'%'"}, {}};
};

}  // namespace migrate::config
