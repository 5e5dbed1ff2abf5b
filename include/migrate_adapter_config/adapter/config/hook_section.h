#pragma once

#include <chrono>
#include <map>
#include <optional>

#include "adapter/config/origin.h"
#include "core/hook/hook.h"

namespace migrate::config {

/// What stands below `hooks:`, of the project or of an environment.
struct HookSection {
  std::map<core::hook::Moment, Sourced<core::hook::Command>> commands;  ///< no argv: off
  std::optional<Sourced<std::chrono::seconds>> time_limit;
};

/// What the environment says replaces what the project does, hook by hook; none that is off is
/// left.
HookSection hooks_of(const HookSection& project, const HookSection& environment);

}  // namespace migrate::config
