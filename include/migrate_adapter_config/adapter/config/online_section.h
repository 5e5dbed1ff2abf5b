#pragma once

#include <optional>
#include <string>
#include <vector>

#include "adapter/config/origin.h"
#include "core/guard/window.h"

namespace migrate::config {

/// What an environment says of its tool for online changes.
struct OnlineSection {
  enum class Use {
    unset,  ///< nothing is said
    off,    ///< statements go to the server as they are
    tool,
  };
  Use use = Use::unset;
  Sourced<std::vector<std::string>> command;
  std::optional<Sourced<core::guard::LargeTable>> above;
};

}  // namespace migrate::config
