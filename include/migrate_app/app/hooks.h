#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/hook/hook.h"
#include "port/programs.h"

namespace migrate::app {

/// The hooks of an environment, and what runs them.
struct RunHooks {
  core::hook::Hooks hooks;
  port::Programs* programs = nullptr;  ///< not needed without any
  /// What they are told of the environment: MIGRATE_ENV, MIGRATE_SCHEMA, …
  std::vector<std::pair<std::string, std::string>> variables;
};

}  // namespace migrate::app
